using System.Text.Json.Serialization;

namespace Attune.Algorithms.Acquisition;

/// <summary>By what a configuration is chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AcquisitionKind>))]
public enum AcquisitionKind
{
    /// <summary><see cref="Acquisition.LogExpectedImprovement"/>.</summary>
    [JsonStringEnumMemberName("log-ei")]
    LogExpectedImprovement,

    /// <summary><see cref="LogAugmentedExpectedImprovement"/>: as log expected improvement, but under noise it looks elsewhere more often.
    /// </summary>
    [JsonStringEnumMemberName("log-aei")]
    LogAugmentedExpectedImprovement,

    /// <summary><see cref="Acquisition.ExpectedImprovement"/>: the same maxima, but flat where improvement is unlikely.</summary>
    [JsonStringEnumMemberName("ei")]
    ExpectedImprovement,

    /// <summary><see cref="LogProbabilityOfImprovement"/>, which has the maxima of the probability itself.</summary>
    [JsonStringEnumMemberName("pi")]
    ProbabilityOfImprovement,

    /// <summary><see cref="Acquisition.UpperConfidenceBound"/> by the practical schedule.</summary>
    [JsonStringEnumMemberName("ucb")]
    UpperConfidenceBound,

    /// <summary>The minimum of a function drawn from the posterior.</summary>
    [JsonStringEnumMemberName("thompson")]
    Thompson,

    /// <summary><see cref="MaxValueEntropySearch"/>.</summary>
    [JsonStringEnumMemberName("max-value-entropy")]
    MaxValueEntropy,
}
