using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>latin-hypercube</c>.</summary>
public sealed record LatinHypercubeOptions
{
    /// <summary>The number of points of a design, from 1 to 1,000,000; by default the number of trials in the study's first budget, or
    /// 100.</summary>
    public int? Design { get; init; }
}

/// <summary>Serialises <see cref="LatinHypercubeOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LatinHypercubeOptions))]
internal sealed partial class LatinHypercubeJson : JsonSerializerContext;
