using System.Text.Json.Serialization;
using Attune.Algorithms.Acquisition;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>turbo</c>.</summary>
public sealed record TurboOptions : TrustRegionOptions
{
    /// <summary>By what a configuration is chosen: log expected improvement (the default) or Thompson sampling.</summary>
    public AcquisitionKind Acquisition { get; init; }

    /// <summary>How losses are mapped before they are modelled; by default by what their likelihood chooses.</summary>
    public TrustRegionTransform Transform { get; init; }
}

/// <summary>Serialises <see cref="TurboOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TurboOptions))]
internal sealed partial class TurboJson : JsonSerializerContext;
