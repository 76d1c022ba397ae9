using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>Runs every trial to a rung and pauses it there; the best go on to the next rung when their bracket says so.</summary>
/// <remarks>
/// A trial that has completed by itself, or that has gone beyond the next rung already, goes up with the value that it has, without
/// running, when its turn comes.
/// </remarks>
/// <param name="descriptor">What it shows.</param>
/// <param name="endsEarly">Whether the last rung lies below full fidelity, so that trials must be stopped there.</param>
internal abstract class PausingScheduler(MethodDescriptor descriptor, bool endsEarly) : RungScheduler(descriptor)
{
    // Paused before they had got to their rung, by somebody else.
    private readonly SortedSet<int> _unfinished = [];

    /// <inheritdoc/>
    public override SchedulerAction Next(in ScheduleContext context)
    {
        var history = context.History;
        if (_unfinished.Count > 0)
        {
            var unfinished = _unfinished.Min;
            var place = PlaceOf(unfinished);
            return Resume(unfinished, place.Bracket, place.Rung);
        }

        for (var i = 0; i < Active.Count; i++)
        {
            var index = Active[i];
            if (BracketAt(index).Pick(out var rung) is >= 0 and var trial)
                return Resume(trial, index, rung + 1);
            if (Beginnings.AreAllowed(history) && TakesMore(index))
                return Start(index);
        }

        return Beginnings.AreAllowed(history) ? Start(NextBracket()) : Beginnings.WaitOrFinish(history);
    }

    /// <summary>The brackets in which something may happen, the most urgent first.</summary>
    protected abstract IReadOnlyList<int> Active { get; }

    /// <summary>A bracket; it must exist.</summary>
    protected abstract RungBracket BracketAt(int index);

    /// <summary>The resource of the first rung of a bracket, which need not exist yet.</summary>
    protected abstract double FirstLevel(int index);

    /// <summary>The bracket in which the next new trial begins.</summary>
    protected abstract int NextBracket();

    /// <summary>Whether a trial begins in a bracket even though later ones could promote.</summary>
    protected virtual bool TakesMore(int index) => false;

    /// <inheritdoc/>
    protected override TrialDecision Decide(in TrialPlace place) =>
        !place.HasReached ? TrialDecision.Continue
        : place.Rung < BracketAt(place.Bracket).Levels.Length - 1 ? TrialDecision.Pause
        : endsEarly ? TrialDecision.Stop
        : TrialDecision.Continue;

    /// <inheritdoc/>
    protected override void Measure(ref TrialPlace place, Trial trial, Measurement measurement, History history)
    {
        var bracket = BracketAt(place.Bracket);
        if (place.HasReached || !Standing.TryRead(history.Problem, trial, measurement, bracket.Levels[place.Rung], out var standing))
            return;
        place.HasReached = true;
        Enter(bracket, ref place, trial.Number, standing, history);
        Settle(bracket, history);
    }

    /// <inheritdoc/>
    protected override void Pause(ref TrialPlace place, int trial, History history)
    {
        var bracket = BracketAt(place.Bracket);
        if (place.HasEntry && place.Rung < bracket.Levels.Length - 1)
        {
            bracket[place.Rung].SetWaiting(place.Entry, isWaiting: true);
            Settle(bracket, history);
        }
        else
        {
            _unfinished.Add(trial);
        }
    }

    /// <inheritdoc/>
    protected override void Resume(ref TrialPlace place, Resumed resumed)
    {
        _unfinished.Remove(resumed.Trial);
        var bracket = BracketAt(place.Bracket);
        if (place.HasEntry && place.Rung < bracket.Levels.Length - 1)
            Promote(bracket, ref place);
        place.HasReached = false;
    }

    /// <inheritdoc/>
    protected override void Complete(ref TrialPlace place, Trial trial, History history)
    {
        _unfinished.Remove(trial.Number);
        var bracket = BracketAt(place.Bracket);
        place.IsDone = true;
        if (!place.HasReached && Standing.TryReadLast(history.Problem, trial, out var standing))
            Enter(bracket, ref place, trial.Number, standing, history);
        if (place.HasEntry && place.Rung < bracket.Levels.Length - 1)
            bracket[place.Rung].SetWaiting(place.Entry, isWaiting: true);
        Settle(bracket, history);
    }

    /// <inheritdoc/>
    protected override void Fail(ref TrialPlace place, int trial, bool isWorst, History history)
    {
        _unfinished.Remove(trial);
        var bracket = BracketAt(place.Bracket);
        if (isWorst)
        {
            if (place.HasEntry)
                bracket[place.Rung].SetWaiting(place.Entry, isWaiting: false);
            bracket.Fail(place.Rung);
            Enter(bracket, ref place, trial, Standing.Worst, history);
        }
        else if (place.HasEntry)
        {
            bracket[place.Rung].Remove(place.Entry);
            place.HasEntry = false;
        }

        Settle(bracket, history);
    }

    /// <summary>Lets trials go up that need not run for it, so that the next one to go on is a paused one.</summary>
    protected void Settle(RungBracket bracket, History history)
    {
        while (bracket.Pick(out var rung) is >= 0 and var number && TryLift(bracket, number, rung, history))
        {
        }
    }

    private bool TryLift(RungBracket bracket, int number, int rung, History history)
    {
        ref var place = ref PlaceOf(number);
        var trial = history.Trials[number];
        var isBeyond = trial.Measurements.Count > 0 && RungLevels.Reaches(trial.Measurements[^1].Resource, bracket.Levels[rung + 1]);
        if (!place.IsDone && !isBeyond)
            return false;
        if (!Standing.TryReadLast(history.Problem, trial, out var standing))
        {
            bracket[rung].SetWaiting(place.Entry, isWaiting: false);
            return true;
        }

        Promote(bracket, ref place);
        Enter(bracket, ref place, number, standing, history);
        if (place.Rung < bracket.Levels.Length - 1)
            bracket[place.Rung].SetWaiting(place.Entry, isWaiting: true);
        else if (!place.IsDone)
            _unfinished.Add(number);
        return true;
    }

    private SchedulerAction.Start Start(int index)
    {
        var level = FirstLevel(index);
        return new(level, new(index, 0, 0, level));
    }

    private SchedulerAction.Resume Resume(int trial, int index, int rung)
    {
        var levels = BracketAt(index).Levels;
        return new(trial, levels[rung], new(index, rung, rung == 0 ? 0 : levels[rung - 1], levels[rung]));
    }
}
