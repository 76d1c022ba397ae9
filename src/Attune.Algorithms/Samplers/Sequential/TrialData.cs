using Attune.Events;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What a model needs to know of the trials, kept up to date event by event: which ones have something to tell, and which configurations
/// were tried, as points of the current space. It depends on the journal alone.
/// </summary>
/// <remarks>
/// A trial has something to tell when it is completed, stopped or paused with a value for every objective, or has finally failed or been
/// lost, unless it was cancelled.
/// </remarks>
/// <param name="firstTrial">The number of the first trial that counts.</param>
internal abstract class TrialData(int firstTrial = 0)
{
    private readonly Dictionary<string, ParameterValue> _fill = new(StringComparer.Ordinal);
    private SearchSpace? _space;

    /// <summary>The number of the first trial that counts.</summary>
    private protected int FirstTrial => firstTrial;

    /// <summary>How many trials have something to tell.</summary>
    internal abstract int Count { get; }

    /// <summary>The different configurations that were proposed, enqueued or imported.</summary>
    internal ConfigurationSet Tried { get; private set; } = new();

    /// <summary>Whether there is anything to learn from what the trials tell.</summary>
    /// <param name="problem">The problem.</param>
    internal virtual bool CanLearn(Problem problem) => true;

    /// <summary>Takes account of an event.</summary>
    /// <param name="journalEvent">The event.</param>
    /// <param name="history">The study with the event.</param>
    internal virtual void Observe(in JournalEvent journalEvent, History history)
    {
        switch (journalEvent.Payload)
        {
            case SpaceRevised revised:
                foreach (var (name, value) in revised.Fill)
                    _fill[name] = value;
                Enter(history);
                break;
            case TrialEvent { Trial: var number } payload when number >= firstTrial && number < history.Trials.Count:
                Enter(history);
                Forget(number);
                Enter(history, history.Trials[number], isPlaced: payload is Proposed or Resumed { Configuration: not null });
                break;
        }
    }

    /// <summary>Makes sure that all is told in terms of the current space.</summary>
    /// <param name="history">The study.</param>
    internal void Enter(History history)
    {
        if (ReferenceEquals(_space, history.Problem.Space))
            return;
        _space = history.Problem.Space;
        Tried = new();
        Reset(history.Problem);
        for (var number = firstTrial; number < history.Trials.Count; number++)
        {
            var trial = history.Trials[number];
            Enter(history, trial, isPlaced: trial.Configuration is not null);
        }
    }

    /// <summary>A trial's configuration as a point of the current space.</summary>
    /// <param name="configuration">A configuration of the space as it is or was.</param>
    internal Configuration Adopt(Configuration configuration) =>
        ReferenceEquals(configuration.Space, _space) ? configuration : _space!.Adopt(configuration, _fill);

    /// <summary>Takes over which values earlier trials have for parameters that the space gained.</summary>
    /// <param name="other">What knows them.</param>
    private protected void TakeFill(TrialData other)
    {
        foreach (var (name, value) in other._fill)
            _fill[name] = value;
    }

    /// <summary>Forgets everything, since the space is new.</summary>
    /// <param name="problem">The problem with the new space.</param>
    private protected abstract void Reset(Problem problem);

    /// <summary>Forgets what a trial told; nothing when it told nothing.</summary>
    /// <param name="number">The number of the trial.</param>
    private protected abstract void Forget(int number);

    /// <summary>Takes note of where a trial lies.</summary>
    /// <param name="number">The number of the trial.</param>
    /// <param name="configuration">Its configuration, as a point of the current space.</param>
    private protected virtual void Place(int number, Configuration configuration)
    {
    }

    /// <summary>Takes note of what a trial tells.</summary>
    /// <param name="history">The study.</param>
    /// <param name="trial">The trial, which has something to tell.</param>
    private protected abstract void Learn(History history, Trial trial);

    private void Enter(History history, Trial trial, bool isPlaced)
    {
        if (isPlaced)
        {
            var configuration = Adopt(trial.Configuration!);
            Tried.Add(configuration);
            Place(trial.Number, configuration);
        }

        if (Tells(trial, history.Problem))
            Learn(history, trial);
    }

    /// <summary>Whether a trial has something to tell.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="problem">The problem.</param>
    private protected virtual bool Tells(Trial trial, Problem problem) => trial.State switch
    {
        TrialState.Completed or TrialState.Stopped or TrialState.Paused => trial.Losses.Length > 0,
        TrialState.Failed or TrialState.Lost => !trial.WillRetry && trial.Configuration is not null
            && trial.Failure?.Kind != FailureKind.Cancelled,
        _ => false,
    };
}
