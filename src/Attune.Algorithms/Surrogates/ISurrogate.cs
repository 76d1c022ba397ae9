using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>A model of losses over a search space, before it has seen data.</summary>
public interface ISurrogate
{
    /// <summary>Learns. The answer depends on the arguments alone.</summary>
    /// <param name="points">n ≥ 1 configurations.</param>
    /// <param name="targets">n finite losses, smaller being better, standardised to about mean 0 and variance 1.</param>
    /// <param name="key">The key of all that is random.</param>
    /// <exception cref="ArgumentException">The numbers of points and targets differ, or a target is not finite.</exception>
    IPosterior Fit(EncodedConfigurations points, ReadOnlySpan<double> targets, RandomKey key);
}
