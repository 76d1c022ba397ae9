using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>scbo</c>.</summary>
public sealed record ScboOptions : TrustRegionOptions;

/// <summary>Serialises <see cref="ScboOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScboOptions))]
internal sealed partial class ScboJson : JsonSerializerContext;
