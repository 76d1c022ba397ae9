namespace Attune.Simulation;

/// <summary>
/// What goes wrong in a simulation. Everything is drawn from the seed of the simulation and the number of the trial, its attempt and the
/// run within it, so it does not depend on what happens to other trials or on the number of workers.
/// </summary>
public sealed record SimulatedFaults
{
    /// <summary>Nothing goes wrong.</summary>
    public static SimulatedFaults None { get; } = new();

    /// <summary>The share of attempts that take longer than their program says, in all their runs; 0 by default.</summary>
    public double StragglerShare { get; init; }

    /// <summary>How many times as long these take, above 0 and at most 1,000,000; 10 by default.</summary>
    public double StragglerFactor { get; init; } = 10;

    /// <summary>The share of runs that fail, 0 by default: at a moment that is spread evenly over the resource that the run was given. A
    /// run that pauses or is stopped before that moment does not fail.</summary>
    public double FailureShare { get; init; }

    /// <summary>The share of runs that are given back before their end, 0 by default, at such a moment too: the trial runs again as the
    /// same attempt, from its last checkpoint, as soon as a worker is free.</summary>
    public double PreemptionShare { get; init; }

    /// <summary>Refuses what is not possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not from 0 to 1, both shares of runs are more than 1 together, every run
    /// is given back, or the factor is not possible.</exception>
    internal void Check()
    {
        Share(StragglerShare, nameof(StragglerShare));
        Share(FailureShare, nameof(FailureShare));
        Share(PreemptionShare, nameof(PreemptionShare));
        if (!(StragglerFactor is > 0 and <= 1e6))
        {
            throw new ArgumentOutOfRangeException(
                nameof(StragglerFactor), StragglerFactor, "The factor must be above 0, at most 1,000,000.");
        }

        if (FailureShare + PreemptionShare > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(PreemptionShare), PreemptionShare,
                FormattableString.Invariant($"A run fails or is given back, so with failures of {FailureShare} at most the rest can be."));
        }

        if (PreemptionShare >= 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(PreemptionShare), PreemptionShare, "If every run is given back, no trial ever ends.");
        }
    }

    private static void Share(double share, string name)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, share, "A share is from 0 to 1.");
    }
}
