namespace Attune.Algorithms.Acquisition;

/// <summary>The optimistic bound of GP-UCB, for minimisation: √β σ − μ, larger being better.</summary>
/// <remarks>
/// N. Srinivas, A. Krause, S. Kakade, M. Seeger, "Gaussian process optimization in the bandit setting", ICML 2010, algorithm 1, with β of
/// theorem 1.
/// </remarks>
public sealed class UpperConfidenceBound : IAcquisition
{
    private const double PracticalDivisor = 5;

    private readonly double _weight;

    /// <summary>The bound for a weight of exploration.</summary>
    /// <param name="beta">β, finite and at least 0; see <see cref="Schedule"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is negative or not finite.</exception>
    public UpperConfidenceBound(double beta)
    {
        if (!(double.IsFinite(beta) && beta >= 0))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "The weight of exploration must be finite and at least 0.");
        (Beta, _weight) = (beta, Math.Sqrt(beta));
    }

    /// <summary>β, the weight of exploration.</summary>
    public double Beta { get; }

    /// <summary>β as it grows with the number of trials, never below 0.</summary>
    /// <param name="schedule">Theoretical, 2 log(d t² π² / (6δ)), or practical, a fifth of that.</param>
    /// <param name="dimensions">d, the number of parameters, at least 1.</param>
    /// <param name="trial">t, the number of the trial, from 1.</param>
    /// <param name="delta">δ, the probability with which the bound may fail, above 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Schedule(ExplorationSchedule schedule, int dimensions, int trial, double delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(trial, 1);
        if (!(delta is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(delta), delta, "A probability of failure must be above 0 and at most 1.");
        var theoretical = 2 * Math.Log(dimensions * (double)trial * trial * Math.PI * Math.PI / (6 * delta));
        return Math.Max(0, schedule == ExplorationSchedule.Theoretical ? theoretical : theoretical / PracticalDivisor);
    }

    /// <inheritdoc/>
    public double Value(double mean, double deviation) => (_weight * deviation) - mean;

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        (byMean, byDeviation) = (-1, _weight);
        return Value(mean, deviation);
    }
}
