using System.Runtime.InteropServices;
using Attune.Events;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>What a surrogate needs to know of the trials: which ones it is fitted to, and what an earlier proposal left for it.</summary>
/// <param name="sampler">The name of the sampler whose annotations are kept; null for any that leaves hyperparameters.</param>
/// <param name="firstTrial">The number of the first trial that counts.</param>
/// <remarks>
/// What is made of failures is told at <see cref="ModelTargets"/>. Of more trials than a model can hold it gets the best half (for several
/// objectives: the first of the front) and fills up with the newest. A question costs no more the longer the journal is.
/// </remarks>
/// <param name="readsCurves">Whether trials tell by what they measured on the way, where the problem has a fidelity: also while they run.
/// </param>
internal sealed class ModelData(string? sampler, int firstTrial = 0, bool readsCurves = false) : TrialData(firstTrial)
{
    private readonly SortedSet<int> _numbers = [];
    private readonly SortedSet<(double Loss, int Number)> _ranked = [];
    private readonly Dictionary<int, double> _losses = [];
    private readonly Dictionary<double, int> _equal = [];
    private int _finite;

    /// <summary>The annotation of the sampler's newest proposal that left a fit in it: others, of the initial design or by another method's
    /// turn, leave it as it is.</summary>
    internal string? Annotation { get; private set; }

    /// <inheritdoc/>
    internal override int Count => _numbers.Count;

    /// <summary>The number of different losses as a share of the trials that have one of their own; 1 when there is none.</summary>
    internal double DistinctShare => _finite == 0 ? 1 : (double)_equal.Count / _finite;

    /// <summary>Whether there is anything to learn: two losses that differ, where losses are all that trials tell.</summary>
    /// <param name="problem">The problem.</param>
    internal override bool CanLearn(Problem problem) => !problem.IsSingleObjective || !problem.Constraints.IsEmpty || _equal.Count > 1;

    /// <inheritdoc/>
    internal override void Observe(in JournalEvent journalEvent, History history)
    {
        base.Observe(journalEvent, history);
        if (journalEvent.Payload is Proposed { Annotation: { } annotation, Sampler.Name: { } name, Trial: var number }
            && number >= FirstTrial && (sampler is null || name == sampler) && GpState.IsIn(annotation))
            Annotation = annotation;
    }

    /// <summary>The same of the trials from a number on, of which nothing is known yet.</summary>
    internal ModelData Since(int number)
    {
        var later = new ModelData(sampler, number, readsCurves);
        later.TakeFill(this);
        return later;
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

    private protected override void Reset(Problem problem)
    {
        _numbers.Clear();
        _ranked.Clear();
        _losses.Clear();
        _equal.Clear();
        _finite = 0;
    }

    private protected override bool Tells(Trial trial, Problem problem) =>
        base.Tells(trial, problem) || (readsCurves && problem.Fidelity is not null && CurvePoints.HasPoint(trial, problem));

    private protected override void Forget(int number)
    {
        if (!_losses.Remove(number, out var loss))
            return;
        _numbers.Remove(number);
        _ranked.Remove((loss, number));
        CountLoss(loss, -1);
    }

    private protected override void Learn(History history, Trial trial)
    {
        var losses = readsCurves ? CurvePoints.NewestLosses(trial, history.Problem) : trial.Losses;
        var loss = losses.Length == 1 && !trial.Violations.Any(violation => !(violation <= 0))
            && trial.State is not (TrialState.Failed or TrialState.Lost)
            ? losses[0]
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
