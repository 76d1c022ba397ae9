using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>tpe</c>.</summary>
public sealed record TpeOptions
{
    /// <summary>How many trials come first: the defaults, then Sobol' points; from 1 to 10,000. By default one more than there are
    /// parameters, but from 8 to 10, and at most a quarter of the study's first budget of trials, and at least 4.</summary>
    public int? Initial { get; init; }

    /// <summary>γ, the share of trials that count as good, from 0.001 to 0.9; 0.1 by default.</summary>
    public double Gamma { get; init; } = 0.1;

    /// <summary>How many trials count as good at most, from 1 to 1,000; 25 by default.</summary>
    public int MostGood { get; init; } = 25;

    /// <summary>The weight of the prior beside the good trials, where a trial's is 1, from 0.001 to 1,000; 1 by default.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary>How many candidates are drawn and compared for a proposal, from 1 to 10,000; 48 by default.</summary>
    public int Candidates { get; init; } = 48;
}

/// <summary>Serialises <see cref="TpeOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TpeOptions))]
internal sealed partial class TpeJson : JsonSerializerContext;
