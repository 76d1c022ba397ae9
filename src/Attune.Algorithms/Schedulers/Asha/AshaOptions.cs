using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>asha</c>.</summary>
public sealed record AshaOptions
{
    /// <summary>Whether trials pause or stop; promotion by default.</summary>
    public AshaType Type { get; init; } = AshaType.Promotion;

    /// <summary>η: one of so many goes on, with so many times the resource; from 1.1 to 100, 3 by default.</summary>
    public double Eta { get; init; } = 3;

    /// <summary>The resource of the first rung; null for the lower end of the fidelity.</summary>
    public double? MinResource { get; init; }

    /// <summary>The resource of the last rung; null for the upper end of the fidelity.</summary>
    public double? MaxResource { get; init; }

    /// <summary>How many brackets, from 1 to 20 but at most as many as there are rungs; 1 by default.</summary>
    public int Brackets { get; init; } = 1;
}

/// <summary>Serialises <see cref="AshaOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AshaOptions))]
internal sealed partial class AshaJson : JsonSerializerContext;
