using System.Text.Json.Serialization;

namespace Attune.Algorithms.Acquisition;

/// <summary>What is made of pending trials.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PendingMethod>))]
public enum PendingMethod
{
    /// <summary>The acquisition value is averaged over outcomes drawn from their joint posterior.</summary>
    [JsonStringEnumMemberName("fantasies")]
    Fantasies,

    /// <summary>They count as observed at the posterior mean.</summary>
    [JsonStringEnumMemberName("hallucination")]
    Hallucination,

    /// <summary>The acquisition value is lowered around them.</summary>
    [JsonStringEnumMemberName("local-penalization")]
    LocalPenalization,

    /// <summary>They count as observed at the best loss so far.</summary>
    [JsonStringEnumMemberName("constant-liar")]
    ConstantLiar,
}
