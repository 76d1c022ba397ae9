using System.Text.Json.Serialization;
using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>gp</c>.</summary>
public sealed record GpOptions
{
    /// <summary>
    /// How many points of the initial design come first, from 1 to 10,000; by default one more than there are parameters, but at most 15 %
    /// of the study's first budget of trials, and at least 4.
    /// </summary>
    public int? Initial { get; init; }

    /// <summary>The correlation; Matérn 5/2 by default.</summary>
    public Smoothness Smoothness { get; init; }

    /// <summary>Whether the kernel has an additive part beside the joint one; true by default.</summary>
    public bool Additive { get; init; } = true;

    /// <summary>Where the choices of ordinals lie; evenly by default.</summary>
    public OrdinalPlaces Ordinals { get; init; }

    /// <summary>Whether the places of numbers and ordinals are warped by learned monotone maps, if they are at most 100; false by
    /// default.</summary>
    public bool InputWarping { get; init; }

    /// <summary>Whether a transform of the losses is chosen by likelihood; true by default.</summary>
    public bool Transform { get; init; } = true;

    /// <summary>
    /// Over how many draws of the hyperparameters acquisition values are averaged, from 1 (the maximum a posteriori alone, the default) to
    /// 64. From 41 trials on there are 16 at most, from 81 on eight, from 151 on four, from 301 on one.
    /// </summary>
    public int Members { get; init; } = 1;

    /// <summary>By what a configuration is chosen; log expected improvement by default.</summary>
    public AcquisitionKind Acquisition { get; init; }

    /// <summary>What is made of pending trials by ei, log-ei and pi; fantasies by default. The others take hallucination, and Thompson
    /// sampling needs nothing.</summary>
    public PendingMethod Pending { get; init; }

    /// <summary>Whether improvement is sought by cost, the more so the more of the budget is left; by default where the study's first
    /// budget limits the cost.</summary>
    public bool? CostAware { get; init; }

    /// <summary>
    /// How many trials the model holds at most, from 10 to 2,000; 500 by default. Beyond that it holds the best half and the newest.
    /// </summary>
    public int ModelTrials { get; init; } = 500;

    /// <summary>How many quasi-random candidates are compared for a proposal, from 16 to 100,000; 500 by default.</summary>
    public int Candidates { get; init; } = 500;
}

/// <summary>Writes the smoothness as a word.</summary>
internal sealed class SmoothnessConverter()
    : JsonStringEnumConverter<Smoothness>(System.Text.Json.JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

/// <summary>Serialises <see cref="GpOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GpOptions))]
internal sealed partial class GpJson : JsonSerializerContext;
