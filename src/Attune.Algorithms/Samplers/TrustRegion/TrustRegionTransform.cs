using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>How trust-region samplers map losses before they are modelled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrustRegionTransform>))]
public enum TrustRegionTransform
{
    /// <summary>Not at all, or by the logarithm of the gap to the best loss, whichever the likelihood prefers.</summary>
    [JsonStringEnumMemberName("likelihood")]
    Likelihood,

    /// <summary>By a Gaussian copula: ranks become quantiles of a normal distribution.</summary>
    [JsonStringEnumMemberName("copula")]
    Copula,

    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
