using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>hyperband</c>.</summary>
public sealed record HyperbandOptions
{
    /// <summary>η: one of so many goes on, with so many times the resource; from 1.1 to 100, 3 by default.</summary>
    public double Eta { get; init; } = 3;

    /// <summary>The least resource of a rung; null for the lower end of the fidelity.</summary>
    public double? MinResource { get; init; }

    /// <summary>The resource of the last rung; null for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }
}

/// <summary>Serialises <see cref="HyperbandOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HyperbandOptions))]
internal sealed partial class HyperbandJson : JsonSerializerContext;
