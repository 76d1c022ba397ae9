using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>Pauses and stops trials on cue and resumes them by rule: for tests and demonstrations of whatever runs trials.</summary>
/// <remarks>
/// A paused trial is resumed, the lowest number first, when as many trials as the option <c>hold</c> says have begun since it paused, or
/// when the budget lets no further trial begin.
/// </remarks>
public sealed class ScriptedScheduler : IScheduler
{
    private readonly Dictionary<int, ScriptedCue[]> _cues;
    private readonly int _hold;

    // How many cues of a trial have been taken, and how many trials there were when it paused: both from the journal alone.
    private readonly Dictionary<int, int> _taken = [];
    private readonly Dictionary<int, int> _pausedAt = [];

    private ScriptedScheduler(MethodDescriptor descriptor, ScriptedOptions options)
    {
        foreach (var cue in options.Cues)
        {
            if (cue.Trial < 0 || cue.Decision == TrialDecision.Continue || cue.Resource is { } resource && !(resource > 0))
                throw new ProblemException(
                    FormattableString.Invariant(
                        $"Scheduler 'scripted': the cue for trial {cue.Trial} at {cue.Resource} to {cue.Decision} is not possible; ")
                    + "trials count from 0, resources are positive, decisions are pause and stop.");
        }

        Descriptor = descriptor;
        _cues = options.Cues.GroupBy(cue => cue.Trial).ToDictionary(group => group.Key, group => group.ToArray());
        _hold = options.Hold;
    }

    /// <summary>How registries know it: <c>scripted</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "scripted", 1, "Pauses and stops trials on cue and resumes them by rule, for tests.", ScriptedJson.Default.ScriptedOptions,
        [
            MethodOption.List(
                "cues",
                "Objects with 'trial' (a number from 0), 'decision' (pause or stop) and 'resource' "
                + "(the next measurement at or above it; left out: the next)."),
            MethodOption.Integer("hold", "How many trials begin after a trial has paused before it is resumed.", 0, 1_000_000),
        ],
        (descriptor, options, _) => new ScriptedScheduler(descriptor, options));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        switch (journalEvent.Payload)
        {
            // A cue is taken when the trial has obeyed: one that is lost between the decision and its effect gets the cue again.
            case Paused paused:
                _taken[paused.Trial] = _taken.GetValueOrDefault(paused.Trial) + 1;
                _pausedAt[paused.Trial] = history.Trials.Count;
                break;
        }
    }

    /// <inheritdoc/>
    public SchedulerAction Next(in ScheduleContext context)
    {
        var history = context.History;
        var isFull = history.Trials.Count >= history.Budget.Trials;
        foreach (var number in history.Paused)
        {
            if (isFull || history.Trials.Count - _pausedAt.GetValueOrDefault(number) >= _hold)
                return new SchedulerAction.Resume(number);
        }

        return new SchedulerAction.Start();
    }

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(measurement);
        if (trial.State != TrialState.Running || !_cues.TryGetValue(trial.Number, out var cues))
            return TrialDecision.Continue;
        var taken = _taken.GetValueOrDefault(trial.Number);
        return taken < cues.Length && (cues[taken].Resource is not { } resource || measurement.Resource >= resource)
            ? cues[taken].Decision
            : TrialDecision.Continue;
    }
}
