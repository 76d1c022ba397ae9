using System.Runtime.InteropServices;
using Attune.Events;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What a model needs to know of the trials, kept up to date event by event: which ones have something to tell, which configurations
/// were tried. It depends on the journal alone, and a question costs no more the longer the journal is.
/// </summary>
/// <remarks>
/// A trial has something to tell when it is completed, stopped or paused with a value for every objective, or has finally failed or been
/// lost (see <see cref="ModelTargets"/> for what is made of that). Of more trials than a model can hold it gets the best half (for
/// several objectives: the first of the front) and fills up with the newest.
/// </remarks>
internal sealed class ModelData
{
    private readonly SortedSet<int> _numbers = [];
    private readonly SortedSet<(double Loss, int Number)> _ranked = [];
    private readonly Dictionary<int, double> _losses = [];
    private readonly Dictionary<string, ParameterValue> _fill = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> _equal = [];
    private HashSet<Configuration> _tried = [];
    private int _finite;

    /// <summary>The annotation of the newest proposal of a sampler of the given name that has one.</summary>
    internal string? Annotation { get; private set; }

    /// <summary>How many trials have something to tell.</summary>
    internal int Count => _numbers.Count;

    /// <summary>How many different configurations were proposed, enqueued or imported.</summary>
    internal int TriedCount => _tried.Count;

    /// <summary>The number of different losses as a share of the trials that have one of their own; 1 when there is none.</summary>
    internal double DistinctShare => _finite == 0 ? 1 : (double)_equal.Count / _finite;

    /// <summary>Whether there is anything to learn from: two losses that differ, where losses are all that trials tell.</summary>
    internal bool CanLearn(Problem problem) => !problem.IsSingleObjective || !problem.Constraints.IsEmpty || _equal.Count > 1;

    internal bool WasTried(Configuration configuration) => _tried.Contains(configuration);

    internal void Observe(string sampler, in JournalEvent journalEvent, History history)
    {
        switch (journalEvent.Payload)
        {
            case SpaceRevised revised:
                foreach (var (name, value) in revised.Fill)
                    _fill[name] = value;
                _tried = [.. history.Trials.Where(trial => trial.Configuration is not null)
                    .Select(trial => Adopt(history, trial.Configuration!))];
                break;
            case TrialEvent { Trial: var number } payload when number < history.Trials.Count:
                if (payload is Proposed or Resumed { Configuration: not null })
                    _tried.Add(Adopt(history, history.Trials[number].Configuration!));
                if (payload is Proposed { Annotation: { } annotation }
                    && string.Equals(((Proposed)payload).Sampler?.Name, sampler, StringComparison.Ordinal))
                    Annotation = annotation;
                Update(history.Trials[number]);
                break;
        }
    }

    /// <summary>A trial's configuration as a point of the current space.</summary>
    internal Configuration Adopt(History history, Configuration configuration)
    {
        var space = history.Problem.Space;
        return ReferenceEquals(configuration.Space, space) ? configuration : space.Adopt(configuration, _fill);
    }

    /// <summary>The numbers of at most so many trials, ascending.</summary>
    internal int[] Select(History history, int most)
    {
        if (_numbers.Count <= most)
            return [.. _numbers];
        var best = history.Problem.IsSingleObjective ? _ranked.Select(pair => pair.Number) : history.Front.Where(_numbers.Contains);
        var selected = new SortedSet<int>(best.Take(most / 2));
        foreach (var number in _numbers.Reverse())
        {
            if (selected.Count == most)
                break;
            selected.Add(number);
        }

        return [.. selected];
    }

    private void Update(Trial trial)
    {
        var tells = trial.State switch
        {
            TrialState.Completed or TrialState.Stopped or TrialState.Paused => trial.Losses.Length > 0,
            TrialState.Failed or TrialState.Lost => !trial.WillRetry && trial.Configuration is not null
                && trial.Failure?.Kind != FailureKind.Cancelled,
            _ => false,
        };
        if (_losses.Remove(trial.Number, out var before))
        {
            _numbers.Remove(trial.Number);
            _ranked.Remove((before, trial.Number));
            CountLoss(before, -1);
        }

        if (!tells)
            return;
        var loss = trial.Losses.Length == 1 && trial.IsFeasible && trial.State is not (TrialState.Failed or TrialState.Lost)
            ? trial.Losses[0]
            : double.PositiveInfinity;
        _numbers.Add(trial.Number);
        _ranked.Add((loss, trial.Number));
        _losses[trial.Number] = loss;
        CountLoss(loss, 1);
    }

    private void CountLoss(double loss, int change)
    {
        if (!double.IsFinite(loss))
            return;
        _finite += change;
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_equal, loss, out _);
        count += change;
        if (count == 0)
            _equal.Remove(loss);
    }
}
