using System.Globalization;

namespace Attune;

/// <summary>
/// When the study ends. Every limit holds for the whole study, not per worker; the first one reached ends it. A limit left out does not end
/// it.
/// </summary>
public sealed record Budget
{
    /// <summary>No limit: the study runs until it is stopped.</summary>
    public static Budget Unlimited { get; } = new();

    /// <summary>How many trials, at least 1; a trial counts once, whatever its attempts, and also when it fails.</summary>
    public int? Trials { get; init; }

    /// <summary>How long, as the union of the intervals in which any worker was alive; positive.</summary>
    public TimeSpan? WallClock { get; init; }

    /// <summary>How much resource in units of the first fidelity, over all trials; positive.</summary>
    public double? Resource { get; init; }

    /// <summary>How much cost over all trials, in units of the cost metric (elapsed seconds where there is none); positive.</summary>
    public double? Cost { get; init; }

    /// <summary>How many failed trials in a row, at least 1.</summary>
    public int? ConsecutiveFailures { get; init; }

    /// <summary>How many finished trials without an improvement of the best, at least 1: improvement is no longer likely.</summary>
    public int? TrialsWithoutImprovement { get; init; }

    /// <summary>Whether the study ends when every objective that names a target has reached it; yes by default.</summary>
    public bool StopAtTarget { get; init; } = true;

    /// <summary>Whether trials that still run when the target is reached may end by themselves; otherwise they are cancelled.</summary>
    public bool DrainAtTarget { get; init; }

    /// <summary>Checks the limits.</summary>
    /// <exception cref="ProblemException">A limit is not positive or not finite.</exception>
    public void Check()
    {
        Positive(Trials, "trials");
        Positive(WallClock?.TotalSeconds, "wall-clock time");
        Positive(Resource, "resource");
        Positive(Cost, "cost");
        Positive(ConsecutiveFailures, "consecutive failures");
        Positive(TrialsWithoutImprovement, "trials without improvement");
    }

    /// <summary>The limits in words, such as <c>50 trials, 01:30:00 of time</c>; <c>no limit</c> when there is none.</summary>
    public override string ToString()
    {
        var limits = new List<string>();
        Add(Trials, "{0} trials");
        Add(WallClock, "{0:c} of time");
        Add(Resource, "resource {0}");
        Add(Cost, "cost {0}");
        Add(ConsecutiveFailures, "{0} failures in a row");
        Add(TrialsWithoutImprovement, "{0} trials without improvement");
        return limits.Count == 0 ? "no limit" : string.Join(", ", limits);

        void Add<T>(T? limit, string text)
            where T : struct
        {
            if (limit is { } value)
                limits.Add(string.Format(CultureInfo.InvariantCulture, text, value));
        }
    }

    private static void Positive(double? limit, string name)
    {
        if (limit is { } value && !(value > 0 && double.IsFinite(value)))
            throw new ProblemException(FormattableString.Invariant(
                $"Budget: the limit on {name} must be positive and finite, but is {value}; leave it out for no limit."));
    }
}
