using System.Runtime.InteropServices;
using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Stops a trial whose best loss so far is worse than most other trials were at the same resource: for the median rule, than the median of
/// their running averages (D. Golovin et al., Google Vizier: a service for black-box optimization, KDD 2017, section 3.2.2); for a
/// percentile, than that percentile of their losses there.
/// </summary>
/// <remarks>
/// All other trials count that have got to the resource, whether they run, have ended or were stopped. With several objectives the trial is
/// ranked among them by its own average, or by its own losses.
/// </remarks>
internal sealed class PercentileScheduler : IScheduler
{
    private readonly PercentileRule _rule;
    private readonly List<CurveSoFar> _curves = [];
    private readonly List<TrialRanking> _rankings = [];

    private PercentileScheduler(MethodDescriptor descriptor, PercentileRule rule) => (Descriptor, _rule) = (descriptor, rule);

    /// <summary>How registries know the median rule: <c>median</c>.</summary>
    public static SchedulerRegistration Median { get; } = SchedulerRegistration.Create(
        "median", 1, "Stops a trial whose best loss so far is worse than the median of the other trials' running averages.",
        MedianJson.Default.MedianOptions, Options(),
        (descriptor, options, context) => new PercentileScheduler(descriptor, PercentileRule.Create(
            descriptor, context.Problem, 0.5, usesAverages: true, options.MinTrials, options.GracePeriod, options.Interval)));

    /// <summary>How registries know the percentile rule: <c>percentile</c>.</summary>
    public static SchedulerRegistration Percentile { get; } = SchedulerRegistration.Create(
        "percentile", 1, "Stops a trial whose best loss so far is not among the best share of the other trials' losses.",
        PercentileJson.Default.PercentileOptions,
        [MethodOption.Number("keep", "The share of trials that goes on, in percent.", 0.1, 99.9), .. Options()],
        (descriptor, options, context) => new PercentileScheduler(descriptor, PercentileRule.Create(
            descriptor, context.Problem, options.Keep / 100, usesAverages: false, options.MinTrials, options.GracePeriod,
            options.Interval)));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        switch (journalEvent.Payload)
        {
            case Reserved reserved when reserved.Trial == _curves.Count:
                _curves.Add(default);
                break;
            case Started { Attempt: var attempt, Trial: var number } when attempt > 1 || history.Trials[number].Measurements.Count > 0:
                Restart(history, history.Trials[number]);
                break;
            case Measured measured:
                Measure(history.Problem, history.Trials[measured.Trial], measured.Measurement);
                break;
        }
    }

    /// <inheritdoc/>
    public SchedulerAction Next(in ScheduleContext context)
    {
        var history = context.History;
        return history.Paused.Count > 0 ? new SchedulerAction.Resume(history.Paused[0])
            : Beginnings.AreAllowed(history) ? new SchedulerAction.Start()
            : Beginnings.WaitOrFinish(history);
    }

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.State == TrialState.Running && trial.Number < _curves.Count && _curves[trial.Number].IsToStop
            ? TrialDecision.Stop
            : TrialDecision.Continue;
    }

    private static MethodOption[] Options() =>
    [
        MethodOption.Number(
            "grace_period", "The least resource at which a trial may be stopped; by default the lower end of the fidelity.", 0),
        MethodOption.Integer(
            "min_trials", "How many other trials must have got to a resource before one is stopped there.", 1, 1_000_000),
        MethodOption.Number(
            "interval", "The resource between two decisions; by default one unit, or a hundredth of the whole if that is more.", 0),
    ];

    // What an attempt measured beyond its checkpoint was withdrawn; what it was compared with stays.
    private void Restart(History history, Trial trial)
    {
        ref var curve = ref CollectionsMarshal.AsSpan(_curves)[trial.Number];
        curve.Reset();
        foreach (var (_, losses) in LossCurve.Of(history.Problem, trial).Points)
            curve.Add(losses.AsSpan());
    }

    private void Measure(Problem problem, Trial trial, Measurement measurement)
    {
        ref var curve = ref CollectionsMarshal.AsSpan(_curves)[trial.Number];
        if (curve.IsToStop || measurement.Resource is not { } resource
            || !Standing.TryRead(problem, trial, measurement, resource, out var standing))
            return;
        curve.Add(standing.Losses.IsDefault ? [standing.Loss] : standing.Losses.AsSpan());
        while (!curve.IsToStop && _rule.Level(curve.Decision) is { } level && RungLevels.Reaches(resource, level))
            Judge(problem, ref curve, trial.Number, standing);
    }

    private void Judge(Problem problem, ref CurveSoFar curve, int trial, in Standing standing)
    {
        while (_rankings.Count <= curve.Decision)
            _rankings.Add(TrialRanking.For(problem));
        var ranking = _rankings[curve.Decision++];
        var own = _rule.UsesAverages ? curve.Average(standing.Violation) : standing;
        var others = ranking.Count;
        if (ranking is OrderedRanking ordered)
        {
            var best = new Standing(standing.Violation, curve.Best, default);
            curve.IsToStop = others >= _rule.MinTrials && best.CompareTo(Threshold(ordered)) > 0;
            ordered.Add(trial, own);
            return;
        }

        var handle = ranking.Add(trial, own);
        curve.IsToStop = others >= _rule.MinTrials && ranking.RankOf(handle) >= Math.Ceiling(ranking.Count * _rule.Keep);
    }

    /// <summary>The percentile of the others, between two of them by straight line where both keep the constraints.</summary>
    private Standing Threshold(OrderedRanking ranking)
    {
        var place = _rule.Keep * (ranking.Count - 1);
        var (low, high) = (ranking.StandingAt((int)Math.Floor(place)), ranking.StandingAt((int)Math.Ceiling(place)));
        return low.Violation == high.Violation
            ? low with { Loss = low.Loss + ((place - Math.Floor(place)) * (high.Loss - low.Loss)) }
            : high;
    }
}
