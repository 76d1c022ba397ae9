using System.Text.Json.Serialization;
using Attune.Algorithms.Acquisition;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>gp-ucb</c>.</summary>
public sealed record GpUcbOptions
{
    /// <summary>How many Sobol' points come first, from 1 to 10,000; by default one more than there are parameters, but at most a quarter
    /// of the study's first budget of trials, and at least 4.</summary>
    public int? Initial { get; init; }

    /// <summary>How the weight of exploration grows; practical by default.</summary>
    public ExplorationSchedule Schedule { get; init; }

    /// <summary>A factor of β, from 0.001 to 1,000; 1 by default. Larger explores more.</summary>
    public double Exploration { get; init; } = 1;

    /// <summary>δ of the theoretical schedule, the probability with which its bound may fail, from 0.000001 to 1; 0.1 by default.</summary>
    public double Delta { get; init; } = 0.1;

    /// <summary>How many trials the model holds at most, from 10 to 2,000; 500 by default. Beyond that it holds the best half and the
    /// newest.</summary>
    public int ModelTrials { get; init; } = 500;

    /// <summary>How many quasi-random candidates are compared for a proposal, from 16 to 100,000; 500 by default.</summary>
    public int Candidates { get; init; } = 500;
}

/// <summary>Serialises <see cref="GpUcbOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GpUcbOptions))]
internal sealed partial class GpUcbJson : JsonSerializerContext;
