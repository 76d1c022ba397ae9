using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>pasha</c>.</summary>
public sealed record PashaOptions
{
    /// <summary>η: one of so many goes on, with so many times the resource; from 1.1 to 100, 3 by default.</summary>
    public double Eta { get; init; } = 3;

    /// <summary>The resource of the first rung; null for the lower end of the fidelity.</summary>
    public double? MinResource { get; init; }

    /// <summary>The resource of the last rung that there may ever be; null for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }
}

/// <summary>Serialises <see cref="PashaOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PashaOptions))]
internal sealed partial class PashaJson : JsonSerializerContext;
