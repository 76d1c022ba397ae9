using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>median</c>.</summary>
public sealed record MedianOptions
{
    /// <summary>The least resource at which a trial may be stopped; null for the lower end of the fidelity.</summary>
    public double? GracePeriod { get; init; }

    /// <summary>How many other trials must have got to a resource before one is stopped there, from 1 to 1,000,000; 5 by default.</summary>
    public int MinTrials { get; init; } = 5;

    /// <summary>The resource between two decisions; null for one unit, or a hundredth of the whole if that is more.</summary>
    public double? Interval { get; init; }
}

/// <summary>Serialises <see cref="MedianOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(MedianOptions))]
internal sealed partial class MedianJson : JsonSerializerContext;
