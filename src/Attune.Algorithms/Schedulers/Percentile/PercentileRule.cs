namespace Attune.Algorithms.Schedulers;

/// <summary>By what trials are stopped.</summary>
/// <param name="Keep">The share that goes on, from 0 to 1.</param>
/// <param name="UsesAverages">Whether other trials are taken by their running averages; otherwise by their values at the resource.</param>
/// <param name="MinTrials">How many others must have got to a resource.</param>
/// <param name="First">The first resource at which a trial may be stopped.</param>
/// <param name="Interval">The resource between two decisions.</param>
/// <param name="High">Full fidelity, where nothing is left to stop.</param>
internal sealed record PercentileRule(double Keep, bool UsesAverages, int MinTrials, double First, double Interval, double High)
{
    private const int MostDecisions = 10_000;

    /// <summary>The resource of a decision, from 0; null at full fidelity and beyond.</summary>
    internal double? Level(int decision) => First + (decision * Interval) is var level && level < High * (1 - 1e-9) ? level : null;

    /// <summary>Makes a rule from options.</summary>
    /// <exception cref="ProblemException">The options do not suit the problem.</exception>
    internal static PercentileRule Create(
        MethodDescriptor descriptor, Problem problem, double keep, bool usesAverages, int minTrials, double? gracePeriod, double? interval)
    {
        var (fidelity, first, high) = RungLevels.Check(descriptor, problem, gracePeriod, most: null, "grace_period");
        var derived = high / 100;
        if (fidelity.IsInteger)
            derived = Math.Max(1, Math.Ceiling(derived));
        if (interval is { } value && (!(value > 0) || (high - first) / value > MostDecisions))
        {
            throw new ProblemException(FormattableString.Invariant(
                $"Scheduler '{descriptor.Name}': option 'interval' is {value}; allowed is a positive number ({fidelity.Name}) of at least ")
                + FormattableString.Invariant($"{(high - first) / MostDecisions}, which makes {MostDecisions} decisions."));
        }

        return new(keep, usesAverages, minTrials, first, interval ?? derived, high);
    }
}
