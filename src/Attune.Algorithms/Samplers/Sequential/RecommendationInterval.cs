using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>How models state what they recommend: the trial with the best posterior mean, and where its value lies.</summary>
internal static class RecommendationInterval
{
    /// <summary>The probability of the interval.</summary>
    internal const double Level = 0.95;

    /// <summary>Half its width in standard deviations of a normal distribution.</summary>
    internal const double HalfWidth = 1.959963984540054;

    /// <summary>
    /// The place among trials of the feasible completed one with the least predicted loss, the earliest of equals; −1 for none. Where there
    /// is a fidelity, every trial that was measured counts.
    /// </summary>
    internal static int Best(Problem problem, IReadOnlyList<Trial> trials, ReadOnlySpan<double> means)
    {
        var best = -1;
        for (var i = 0; i < trials.Count; i++)
        {
            if (Counts(problem, trials[i]) && (best < 0 || means[i] < means[best]))
                best = i;
        }

        return best;
    }

    private static bool Counts(Problem problem, Trial trial) => problem.Fidelity is null
        ? trial is { State: TrialState.Completed, IsFeasible: true }
        : trial.State is not (TrialState.Failed or TrialState.Lost) && !trial.Violations.Any(violation => !(violation <= 0));

    /// <summary>Turns losses into values; null where one is not finite.</summary>
    internal static Recommendation? Of(Problem problem, int trial, double mean, double low, double high)
    {
        if (!double.IsFinite(mean) || !double.IsFinite(low) || !double.IsFinite(high))
            return null;
        var objective = problem.Objectives[0];
        var (one, other) = (objective.Orient(low), objective.Orient(high));
        return new(trial, objective.Orient(mean), Math.Min(one, other), Math.Max(one, other), Level, "posterior-mean");
    }
}
