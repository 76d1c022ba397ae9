using System.Text.Json.Serialization;

namespace Attune.Algorithms.Schedulers;

/// <summary>What becomes of trials that are not among the best of their rung.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AshaType>))]
public enum AshaType
{
    /// <summary>Every trial pauses at its rung; the best are promoted, at any later time.</summary>
    [JsonStringEnumMemberName("promotion")]
    Promotion,

    /// <summary>A trial that is not among the best when it gets to a rung is stopped for good.</summary>
    [JsonStringEnumMemberName("stopping")]
    Stopping,
}
