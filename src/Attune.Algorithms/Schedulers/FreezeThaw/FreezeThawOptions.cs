using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>freeze-thaw</c>.</summary>
public sealed record FreezeThawOptions
{
    /// <summary>
    /// The resource at which a trial is looked at first, in units of the first fidelity; positive. By default what is nearest to an eighth
    /// of the whole.
    /// </summary>
    public double? First { get; init; }

    /// <summary>By which factor the resource grows from one look to the next, from 1.1 to 100; 2 by default.</summary>
    public double Growth { get; init; } = 2;

    /// <summary>
    /// How likely a trial must be to become the best for it to go on at once, from 0 to 1; 0.1 by default. The less, the more trials run to
    /// their ends.
    /// </summary>
    public double Hope { get; init; } = 0.1;

    /// <summary>
    /// How much resource is spent by the price of improvement alone, in whole trials, before hope counts: that is how long the search looks
    /// around. From 0 to 10,000; 6 by default.
    /// </summary>
    public double Breadth { get; init; } = 6;

    /// <summary>Over how many draws of the hyperparameters is averaged, from 1 to 64; 1 by default.</summary>
    public int Members { get; init; } = 1;

    /// <summary>How many points of curves the model holds at most, from 50 to 2,000; 400 by default.</summary>
    public int ModelPoints { get; init; } = 400;
}

/// <summary>Serialises <see cref="FreezeThawOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FreezeThawOptions))]
internal sealed partial class FreezeThawJson : JsonSerializerContext;
