using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Asynchronous successive halving that stops: a trial goes on from a rung when it is among the first max(1, ⌊n/η⌋) of the n trials that
/// have got there so far, itself included, and is stopped otherwise.
/// </summary>
/// <remarks>While fewer than η trials have got to a rung, the best so far goes on.</remarks>
internal sealed class AshaStoppingScheduler(
    MethodDescriptor descriptor, Problem problem, ImmutableArray<double> levels, double eta, int brackets) : RungScheduler(descriptor)
{
    private readonly AshaBracket[] _brackets =
        [.. BracketShares.Levels(levels, brackets).Select(part => new AshaBracket(problem, part, eta))];

    private readonly BracketShares _shares = new(brackets, levels.Length, eta);
    private readonly double _most = levels[^1];
    private readonly bool _endsEarly = levels[^1] < problem.Fidelity!.High;

    /// <inheritdoc/>
    public override IReadOnlyList<RungSummary> Rungs => [.. _brackets.SelectMany((bracket, index) => bracket.Summaries(index))];

    /// <inheritdoc/>
    public override SchedulerAction Next(in ScheduleContext context)
    {
        var history = context.History;
        if (history.Paused.Count > 0)
        {
            var paused = history.Paused[0];
            var place = PlaceOf(paused);
            var from = history.Trials[paused].Resource ?? 0;
            return new SchedulerAction.Resume(paused, _most, new(place.Bracket, place.Rung, from, _most));
        }

        return Beginnings.AreAllowed(history)
            ? new SchedulerAction.Start(_most, new(_shares.Next(), 0, 0, _most))
            : Beginnings.WaitOrFinish(history);
    }

    /// <inheritdoc/>
    protected override int Begin(ScheduleStep? step)
    {
        var bracket = Math.Clamp(step?.Bracket ?? 0, 0, _brackets.Length - 1);
        _shares.Begin(bracket);
        return bracket;
    }

    /// <inheritdoc/>
    protected override TrialDecision Decide(in TrialPlace place) => place.IsToStop ? TrialDecision.Stop : TrialDecision.Continue;

    /// <inheritdoc/>
    protected override void Measure(ref TrialPlace place, Trial trial, Measurement measurement, History history)
    {
        var bracket = _brackets[place.Bracket];
        while (!place.HasReached && Standing.TryRead(history.Problem, trial, measurement, bracket.Levels[place.Rung], out var standing))
            Climb(bracket, ref place, trial.Number, standing, history);
    }

    /// <inheritdoc/>
    protected override void Pause(ref TrialPlace place, int trial, History history)
    {
    }

    /// <inheritdoc/>
    protected override void Resume(ref TrialPlace place, Resumed resumed) => place.IsToStop = place.HasReached = false;

    /// <inheritdoc/>
    protected override void Complete(ref TrialPlace place, Trial trial, History history)
    {
        place.IsDone = true;
        if (place.IsToStop || !Standing.TryReadLast(history.Problem, trial, out var standing))
            return;
        var bracket = _brackets[place.Bracket];
        while (!place.HasReached)
            Climb(bracket, ref place, trial.Number, standing, history);
    }

    /// <inheritdoc/>
    protected override void Fail(ref TrialPlace place, int trial, bool isWorst, History history)
    {
        var bracket = _brackets[place.Bracket];
        if (isWorst)
        {
            Enter(bracket, ref place, trial, Standing.Worst, history);
        }
        else if (place.HasEntry)
        {
            bracket[place.Rung].Remove(place.Entry);
            place.HasEntry = false;
        }
    }

    /// <summary>Counts a trial in the rung that it has reached, and sends it on to the next or decides that it stops.</summary>
    private void Climb(RungBracket bracket, ref TrialPlace place, int trial, in Standing standing, History history)
    {
        Enter(bracket, ref place, trial, standing, history);
        place.HasReached = true;
        if (place.Rung == bracket.Levels.Length - 1)
            place.IsToStop = _endsEarly;
        else if (bracket[place.Rung].RankOf(place.Entry) < Math.Max(1, bracket.Quota(place.Rung)))
            Promote(bracket, ref place);
        else
            place.IsToStop = true;
    }
}
