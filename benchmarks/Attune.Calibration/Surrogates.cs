using Attune.Algorithms.Surrogates;

namespace Attune.Calibration;

/// <summary>The surrogates that can be measured, by name.</summary>
internal static class Surrogates
{
    internal static IReadOnlyDictionary<string, ISurrogate> All { get; } = new SortedDictionary<string, ISurrogate>(StringComparer.Ordinal)
    {
        ["forest"] = new RandomForestSurrogate(),
        ["gp"] = new GaussianProcessSurrogate { Members = 8 },
        ["gp-map"] = new GaussianProcessSurrogate(),
    };
}
