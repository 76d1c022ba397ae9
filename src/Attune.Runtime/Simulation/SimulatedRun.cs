using Attune.Execution;
using Attune.Numerics;
using Attune.Studies;

namespace Attune.Simulation;

/// <summary>One run of a trial that is under way in a simulation.</summary>
internal sealed class SimulatedRun
{
    private static readonly uint StragglingPurpose = RandomKey.Purpose("simulated-straggling");
    private static readonly uint EndingPurpose = RandomKey.Purpose("simulated-ending");

    private readonly IAsyncEnumerator<SimulatedStep> _steps;
    private readonly double _pace = 1;
    private readonly double _fatalResource = double.PositiveInfinity;
    private readonly double _fatalShare = double.PositiveInfinity;
    private readonly Fate _fate;
    private double _position;

    internal SimulatedRun(
        Assignment assignment, TrialSink sink, IAsyncEnumerator<SimulatedStep> steps, RandomKey root, SimulatedFaults faults, long start)
    {
        (Assignment, Sink, _steps, StartTicks, ChargedTicks) = (assignment, sink, steps, start, start);
        IsResumable = assignment.Problem.Fidelity is { IsResumable: true };
        CountedResource = _position = IsResumable ? assignment.FromResource ?? 0 : 0;
        var (trial, attempt) = ((ulong)assignment.Trial, (uint)assignment.Attempt);
        if (faults.StragglerShare > 0
            && root.Derive(attempt, trial, StragglingPurpose).CreateStream().NextDouble() < faults.StragglerShare)
            _pace = faults.StragglerFactor;
        if (faults.FailureShare + faults.PreemptionShare <= 0)
            return;

        // The token grows with every run, so it names the run within the attempt.
        var draws = root.Derive(attempt, trial, EndingPurpose).Derive((uint)assignment.Token, 0, EndingPurpose).CreateStream();
        var draw = draws.NextDouble();
        _fate = draw < faults.FailureShare ? Fate.Fails
            : draw < faults.FailureShare + faults.PreemptionShare ? Fate.IsPreempted
            : Fate.Ends;
        if (_fate == Fate.Ends)
            return;
        var share = draws.NextDouble();
        if (assignment.Resource is { } target)
            _fatalResource = _position + (share * (target - _position));
        else
            _fatalShare = share;
    }

    internal enum Fate
    {
        Ends,
        Fails,
        IsPreempted,
    }

    internal Assignment Assignment { get; }

    internal TrialSink Sink { get; }

    /// <summary>Whether a checkpoint is of use.</summary>
    internal bool IsResumable { get; }

    /// <summary>When it began.</summary>
    internal long StartTicks { get; }

    /// <summary>Up to when its time has been charged as cost.</summary>
    internal long ChargedTicks { get; set; }

    /// <summary>The resource up to which it has been charged.</summary>
    internal double CountedResource { get; set; }

    /// <summary>The cost by the problem's metric that it has been charged.</summary>
    internal double CountedCost { get; set; }

    /// <summary>The step that it works on.</summary>
    internal SimulatedStep Step { get; private set; }

    /// <summary>What becomes of it within the step that it works on; <see cref="Fate.Ends"/> when it lives through it.</summary>
    internal Fate Near { get; private set; }

    /// <summary>What it reported last; null when that was told to the caller.</summary>
    internal Measurement? Reported { get; set; }

    /// <summary>Whether it is over.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Goes on to the next step.</summary>
    /// <returns>How long it works now, until it reports or meets its fate; null when it has no more steps.</returns>
    /// <exception cref="InvalidOperationException">The step is not possible.</exception>
    internal async ValueTask<long?> NextAsync()
    {
        if (!await _steps.MoveNextAsync().ConfigureAwait(false))
            return null;
        Step = _steps.Current;
        if (!(Step.Seconds is >= 0 and <= SimulatedStep.MostSeconds))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"A simulated step takes {Step.Seconds} seconds; allowed is 0 to {SimulatedStep.MostSeconds}."));
        }

        if (Step.Measurement is { Resource: null } measurement && Assignment.Problem.Fidelity is not null)
            Step = Step with { Measurement = measurement with { Resource = Assignment.Resource } };
        var share = 1.0;
        if (Step.Measurement?.Resource is { } resource)
        {
            if (_fatalResource < resource)
                (Near, share) = (_fate, Math.Max(0, _fatalResource - _position) / (resource - _position));
            _position = resource;
        }
        else if (_fatalShare < 1)
        {
            (Near, share) = (_fate, _fatalShare);
        }

        return (long)Math.Round(Step.Seconds * _pace * share * TimeSpan.TicksPerSecond);
    }

    internal ValueTask EndAsync()
    {
        HasEnded = true;
        return _steps.DisposeAsync();
    }
}
