using System.Runtime.InteropServices;
using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Follows trials through the rungs of their brackets. A rung counts a trial once, at the first measurement at or beyond its resource;
/// what was counted stays when a worker is lost, and is replaced when the trial gets there again in another attempt.
/// </summary>
/// <remarks>
/// A trial that fails for good counts as the worst of the rung to which it ran, as if its loss were infinite; one whose worker is lost for
/// good, or that is cancelled, says nothing of its configuration.
/// </remarks>
internal abstract class RungScheduler(MethodDescriptor descriptor) : IRungScheduler
{
    private readonly List<TrialPlace> _places = [];

    /// <inheritdoc/>
    public MethodDescriptor Descriptor => descriptor;

    /// <inheritdoc/>
    public abstract IReadOnlyList<RungSummary> Rungs { get; }

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        int? bracket = null;
        if (journalEvent.Payload is TrialEvent trialEvent)
        {
            ObserveTrial(trialEvent, history);
            bracket = PlaceOf(trialEvent.Trial).Bracket;
        }

        AfterEvent(bracket, history);
    }

    /// <inheritdoc/>
    public abstract SchedulerAction Next(in ScheduleContext context);

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.State == TrialState.Running && trial.Number < _places.Count ? Decide(_places[trial.Number]) : TrialDecision.Continue;
    }

    /// <summary>The bracket of a new trial.</summary>
    /// <param name="step">The place that it was given when it was reserved; null for none.</param>
    protected abstract int Begin(ScheduleStep? step);

    /// <summary>What becomes of a running trial.</summary>
    protected abstract TrialDecision Decide(in TrialPlace place);

    /// <summary>A running trial was measured.</summary>
    protected abstract void Measure(ref TrialPlace place, Trial trial, Measurement measurement, History history);

    /// <summary>A trial paused.</summary>
    protected abstract void Pause(ref TrialPlace place, int trial, History history);

    /// <summary>A paused trial goes on.</summary>
    protected abstract void Resume(ref TrialPlace place, Resumed resumed);

    /// <summary>A trial has ended with its values.</summary>
    protected abstract void Complete(ref TrialPlace place, Trial trial, History history);

    /// <summary>A trial has ended without a value.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="trial">Its number.</param>
    /// <param name="isWorst">Whether its configuration is to blame.</param>
    /// <param name="history">The study just after the event.</param>
    protected abstract void Fail(ref TrialPlace place, int trial, bool isWorst, History history);

    /// <summary>Something happened.</summary>
    /// <param name="bracket">The bracket of the trial to which it happened; null for none.</param>
    /// <param name="history">The study just after the event.</param>
    protected virtual void AfterEvent(int? bracket, History history)
    {
    }

    /// <summary>The place of a trial; it moves when a trial begins.</summary>
    protected ref TrialPlace PlaceOf(int trial) => ref CollectionsMarshal.AsSpan(_places)[trial];

    /// <summary>Gives a trial its place in the rung where it stands, or another one.</summary>
    protected static void Enter(RungBracket bracket, ref TrialPlace place, int trial, in Standing standing, History history)
    {
        if (place.HasEntry)
            bracket[place.Rung].Replace(place.Entry, standing);
        else
            (place.Entry, place.HasEntry) = (bracket[place.Rung].Add(trial, standing), true);
        bracket.Entered(place.Rung, history);
    }

    /// <summary>Lets a trial leave its rung for the next.</summary>
    protected static void Promote(RungBracket bracket, ref TrialPlace place)
    {
        bracket[place.Rung].SetWaiting(place.Entry, isWaiting: false);
        bracket.Promote(place.Rung);
        place.Rung++;
        place.HasEntry = place.HasReached = false;
    }

    private void ObserveTrial(TrialEvent trialEvent, History history)
    {
        if (trialEvent is Reserved reserved && reserved.Trial == _places.Count)
        {
            _places.Add(new() { Bracket = Begin(reserved.Step) });
            return;
        }

        ref var place = ref PlaceOf(trialEvent.Trial);
        switch (trialEvent)
        {
            case Started:
                place.HasReached = place.IsToStop = false;
                break;
            case Resumed resumed:
                Resume(ref place, resumed);
                break;
            case Measured measured:
                Measure(ref place, history.Trials[measured.Trial], measured.Measurement, history);
                break;
            case Paused paused:
                Pause(ref place, paused.Trial, history);
                break;
            case Finished finished:
                Complete(ref place, history.Trials[finished.Trial], history);
                break;
            case Failed { WillRetry: false } failed:
                Fail(ref place, failed.Trial, failed.Kind != FailureKind.Cancelled, history);
                break;
            case Lost { WillRetry: false } lost:
                Fail(ref place, lost.Trial, isWorst: false, history);
                break;
        }
    }
}
