using Attune.Cli.Json;
using Attune.Cli.Text;
using Attune.Serialization;

namespace Attune.Cli.Running;

/// <summary>Parts of a run in words.</summary>
internal static class RunText
{
    private const int LongestReason = 160;

    internal static string Values(Trial trial, Problem problem)
    {
        var values = trial.Values(problem);
        return values.IsEmpty ? "" : string.Join(", ",
            problem.Objectives.Select((objective, i) => $"{objective.Metric} {Figures.Short(values[i])}"));
    }

    /// <summary>The last value of each metric, with the resource it stands for.</summary>
    internal static string Metrics(Trial trial, Problem problem)
    {
        var metrics = string.Join(", ", LastMetrics.Of(trial).Take(4).Select(pair => $"{pair.Key} {Figures.Short(pair.Value)}"));
        var resource = trial.Resource is { } spent && problem.Fidelity is { } fidelity ? $"{fidelity.Name} {Figures.Short(spent)}: " : "";
        return $"{resource}{metrics}";
    }

    internal static string Configuration(Trial trial) =>
        trial.Configuration is { } configuration ? ConfigurationTexts.Line(ConfigurationJson.ToText(configuration)) : "";

    /// <summary>What a worker that has nothing to run waits for.</summary>
    internal static string Waiting(IReadOnlyList<Trial> awaited) =>
        $"waiting for {Figures.Count(awaited.Count, "trial")} of other workers "
            + $"({string.Join(", ", awaited.Take(5).Select(trial => Figures.Count(trial.Number)))}{(awaited.Count > 5 ? ", …" : "")})";

    internal static string Reason(Trial trial) => trial.Failure is not { } failure ? "" : Plain.Line(failure.Reason.Trim(), LongestReason);
}
