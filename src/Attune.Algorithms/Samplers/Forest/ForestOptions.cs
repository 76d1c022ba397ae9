using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>forest</c>.</summary>
public sealed record ForestOptions
{
    /// <summary>How many points come before the model, the default first and then Sobol' points, from 1 to 10,000; by default one more than
    /// there are parameters, but at most 15 % of the study's first budget of trials, and at least 4.</summary>
    public int? Initial { get; init; }

    /// <summary>The number of trees, from 10 to 1,000; 100 by default.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Which share of the proposals is drawn at random, from 0 to 1; 0.08 by default. However wrong the model is, the search then
    /// stays global.</summary>
    public double RandomShare { get; init; } = 0.08;

    /// <summary>How many trials the model holds at most, from 10 to 5,000; 500 by default. Beyond that it holds the best half and the
    /// newest.</summary>
    public int ModelTrials { get; init; } = 500;

    /// <summary>How many quasi-random candidates are compared for a proposal, from 16 to 100,000; 1,000 by default.</summary>
    public int Candidates { get; init; } = 1_000;
}

/// <summary>Serialises <see cref="ForestOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ForestOptions))]
internal sealed partial class ForestJson : JsonSerializerContext;
