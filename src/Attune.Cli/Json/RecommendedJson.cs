using Attune.Events;

namespace Attune.Cli.Json;

/// <summary>The trial whose configuration to take. Values are in the objective's own unit and direction.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Method">posterior-mean, or best-observed where nothing is predicted.</param>
/// <param name="Mean">The predicted value without noise.</param>
/// <param name="Low">The lower end of the interval in which it lies.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Level">The probability of the interval.</param>
internal sealed record RecommendedJson(int Trial, string Method, double? Mean, double? Low, double? High, double? Level)
{
    internal static RecommendedJson? Of(Recommended? made) =>
        made is null ? null : new(made.Trial, made.Method, made.Mean, made.Low, made.High, made.Level);
}
