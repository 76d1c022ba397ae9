using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>auto</c>: there is little to choose, on purpose.</summary>
public sealed record AutoOptions
{
    /// <summary>
    /// How many points of the initial design come first, from 1 to 10,000; by default one more than there are parameters, but at most 15 %
    /// of the study's first budget of trials, and at least 4.
    /// </summary>
    public int? Initial { get; init; }
}

/// <summary>Serialises <see cref="AutoOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AutoOptions))]
internal sealed partial class AutoJson : JsonSerializerContext;
