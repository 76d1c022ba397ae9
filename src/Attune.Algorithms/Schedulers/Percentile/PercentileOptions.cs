using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>percentile</c>.</summary>
public sealed record PercentileOptions
{
    /// <summary>The share of trials that goes on, in percent, from 0.1 to 99.9; 25 by default.</summary>
    public double Keep { get; init; } = 25;

    /// <summary>The least resource at which a trial may be stopped; null for the lower end of the fidelity.</summary>
    public double? GracePeriod { get; init; }

    /// <summary>How many other trials must have got to a resource before one is stopped there, from 1 to 1,000,000; 5 by default.</summary>
    public int MinTrials { get; init; } = 5;

    /// <summary>The resource between two decisions; null for one unit, or a hundredth of the whole if that is more.</summary>
    public double? Interval { get; init; }
}

/// <summary>Serialises <see cref="PercentileOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PercentileOptions))]
internal sealed partial class PercentileJson : JsonSerializerContext;
