using System.Text.Json;
using Attune.Events;
using Attune.Histories;

namespace Attune.Algorithms.Samplers;

/// <summary>The size of a trust region and what it was learned from, kept up to date event by event: it follows from the journal
/// alone.</summary>
/// <remarks>
/// <para>D. Eriksson, M. Pearce, J. Gardner, R. Turner, M. Poloczek, "Scalable global optimization via local Bayesian optimization",
/// NeurIPS 2019, section 2: after some successes in a row the side doubles, after some failures in a row it halves, and when it is shorter
/// than the shortest allowed, the region is given up and the search begins anew. Trials count one by one, in the order in which they end,
/// so that pending ones count when they are known; of several objectives a success enters the Pareto front.</para>
/// <para>A success ends below the target that the newest proposal left in the journal (see <see cref="GpModel.Target"/>). As long as no
/// trial of the region keeps the outcome constraints, it is a success to violate them less (D. Eriksson, M. Poloczek, "Scalable constrained
/// Bayesian optimization", AISTATS 2021, section 3).</para>
/// </remarks>
/// <param name="sampler">The name of the sampler whose proposals count.</param>
/// <param name="options">The options.</param>
internal sealed class TrustRegion(string sampler, TrustRegionOptions options)
{
    /// <summary>The name under which the annotation of a proposal holds the region that it came from.</summary>
    internal const string Name = "region";

    private const string TargetName = "target";
    private const int FewestFailures = 4;
    private const int MostFailures = 20;

    private readonly HashSet<int> _counted = [];
    private ModelData _data = new(sampler, readsCurves: true);
    private int _firstTrial;
    private double? _target;

    /// <summary>What the trials of the region tell: those that began since it was laid out.</summary>
    internal ModelData Data => _data;

    /// <summary>How often the search began anew.</summary>
    internal int Restarts { get; private set; }

    /// <summary>The sampler's own index of the first proposal for this region.</summary>
    internal long FirstIndex { get; private set; }

    /// <summary>The side, in units of the space, before length scales stretch it.</summary>
    internal double Length { get; private set; } = options.InitialLength;

    /// <summary>How many successes there were in a row.</summary>
    internal int Successes { get; private set; }

    /// <summary>How many failures there were in a row.</summary>
    internal int Failures { get; private set; }

    /// <summary>The trial of the region that violates the outcome constraints least; null while none has ended with values.</summary>
    internal int? LeastViolating { get; private set; }

    internal void Observe(in JournalEvent journalEvent, History history)
    {
        _data.Observe(journalEvent, history);
        if (journalEvent.Payload is not TrialEvent { Trial: var number } payload || number < _firstTrial || number >= history.Trials.Count)
            return;
        if (payload is Proposed proposed && proposed.Sampler?.Name == sampler && TargetOf(proposed.Annotation) is { IsOfRegion: true } told)
            _target = told.Target;
        var trial = history.Trials[number];
        if (!trial.IsFinished || trial.Failure?.Kind == FailureKind.Cancelled || !_counted.Add(number))
            return;
        var isLess = IsLessViolating(trial, history);
        if (isLess)
            LeastViolating = number;
        if (TargetOf(trial.Annotation).IsOfRegion)
            Count(IsSuccess(trial, history, isLess), history);
    }

    /// <summary>Writes the region into the annotation of a proposal.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="target">The loss below which a trial is a success; null where there is none yet.</param>
    internal void Write(Utf8JsonWriter writer, double? target)
    {
        writer.WriteStartObject(Name);
        writer.WriteNumber("restarts", Restarts);
        writer.Number("length", Length);
        writer.WriteNumber("successes", Successes);
        writer.WriteNumber("failures", Failures);
        if (target is { } loss && double.IsFinite(loss))
            writer.WriteNumber(TargetName, loss);
        writer.WriteEndObject();
    }

    private static (bool IsOfRegion, double? Target) TargetOf(string? annotation)
    {
        if (annotation is null || !annotation.Contains($"\"{Name}\"", StringComparison.Ordinal))
            return (false, null);
        using var document = JsonDocument.Parse(annotation);
        if (!document.RootElement.TryGetProperty(Name, out var region) || region.ValueKind != JsonValueKind.Object)
            return (false, null);
        return (true, region.TryGetProperty(TargetName, out var target) ? target.GetDouble() : null);
    }

    private bool IsSuccess(Trial trial, History history, bool isLess)
    {
        if (trial.State is TrialState.Failed or TrialState.Lost || trial.Losses.Length == 0)
            return false;
        if (!history.Problem.IsSingleObjective)
            return history.Front.Contains(trial.Number);
        return _target is { } target ? trial.IsFeasible && trial.Losses[0] < target : isLess;
    }

    /// <summary>Whether a trial keeps the constraints for the first time, or violates them less than any before, each violation being
    /// scaled by the larger of the two.</summary>
    private bool IsLessViolating(Trial trial, History history)
    {
        if (trial.State is TrialState.Failed or TrialState.Lost || trial.Losses.Length == 0)
            return false;
        if (LeastViolating is not { } before)
            return true;
        var (difference, best) = (0.0, history.Trials[before]);
        for (var j = 0; j < trial.Violations.Length; j++)
        {
            var (now, then) = (Positive(trial, j), Positive(best, j));
            var scale = Math.Max(now, then);
            difference += scale > 0 ? double.IsPositiveInfinity(scale) ? Math.Sign(now.CompareTo(then)) : (now - then) / scale : 0;
        }

        return difference < 0;

        static double Positive(Trial one, int constraint) =>
            constraint < one.Violations.Length && one.Violations[constraint] is var violation && !double.IsNaN(violation)
                ? Math.Max(0, violation) : double.PositiveInfinity;
    }

    private void Count(bool isSuccess, History history)
    {
        (Successes, Failures) = isSuccess ? (Successes + 1, 0) : (0, Failures + 1);
        if (Successes >= options.Successes)
            (Length, Successes) = (Math.Min(2 * Length, options.LongestLength), 0);
        if (Failures >= (options.Failures ?? Math.Clamp(history.Problem.Space.Dimensions, FewestFailures, MostFailures)))
            (Length, Failures) = (Length / 2, 0);
        if (Length < options.ShortestLength)
            Restart(history);
    }

    private void Restart(History history)
    {
        Restarts++;
        (_firstTrial, FirstIndex) = (history.Trials.Count, history.SamplerIndex);
        (Length, Successes, Failures, LeastViolating, _target) = (options.InitialLength, 0, 0, null, null);
        _counted.Clear();
        _data = _data.Since(_firstTrial);
    }
}
