using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>async-hyperband</c>.</summary>
public sealed record AsyncHyperbandOptions
{
    /// <summary>Whether trials pause or stop; promotion by default.</summary>
    public AshaType Type { get; init; } = AshaType.Promotion;

    /// <summary>η: one of so many goes on, with so many times the resource; from 1.1 to 100, 3 by default.</summary>
    public double Eta { get; init; } = 3;

    /// <summary>The resource of the first rung of the first bracket; null for the lower end of the fidelity.</summary>
    public double? MinResource { get; init; }

    /// <summary>The resource of the last rung; null for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }
}

/// <summary>Serialises <see cref="AsyncHyperbandOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AsyncHyperbandOptions))]
internal sealed partial class AsyncHyperbandJson : JsonSerializerContext;
