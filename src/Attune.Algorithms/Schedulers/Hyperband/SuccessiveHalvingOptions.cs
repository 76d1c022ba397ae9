using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>successive-halving</c>.</summary>
public sealed record SuccessiveHalvingOptions
{
    /// <summary>How many trials a bracket begins with, from 1 to 10,000,000; null for as many as leave one in the last rung.</summary>
    public int? Trials { get; init; }

    /// <summary>η: one of so many goes on, with so many times the resource; from 1.1 to 100, 3 by default.</summary>
    public double Eta { get; init; } = 3;

    /// <summary>The least resource of a rung; null for the lower end of the fidelity.</summary>
    public double? MinResource { get; init; }

    /// <summary>The resource of the last rung; null for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }
}

/// <summary>Serialises <see cref="SuccessiveHalvingOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SuccessiveHalvingOptions))]
internal sealed partial class SuccessiveHalvingJson : JsonSerializerContext;
