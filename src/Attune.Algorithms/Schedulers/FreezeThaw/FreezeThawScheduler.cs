using Attune.Algorithms.Samplers;
using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Pauses trials that will hardly become the best and resumes them when going on with them promises more for its price than a new trial,
/// by a Gaussian process over configuration and resource.
/// </summary>
/// <remarks>
/// <para>K. Swersky, J. Snoek, R. P. Adams, "Freeze-thaw Bayesian optimization", arXiv 1406.3896: old and new trials compete for resource
/// by
/// one measure. Here that is the expected improvement at full fidelity by unit of resource still to be paid, EI(x, R) / (R − r), over the
/// best trial that reached full fidelity; for a new trial r is 0. The model: <see cref="GpModel"/> with
/// <see cref="Surrogates.FidelityAxis"/>.</para>
/// <para>A running trial is looked at when it reaches 1, g, g², … times the first resource. It goes on if its probability of becoming the
/// best is large enough; in the beginning, when there is little to compare with, if no other trial and no new one has a better
/// price.</para>
/// <para>Replay: every decision is made from the journal alone, by a model that is built anew; the hyperparameters of an earlier fit are
/// read from the newest proposal that left any.</para>
/// </remarks>
public sealed class FreezeThawScheduler : IScheduler
{
    private const int MostUnmodelled = 20;

    private readonly FreezeThawOptions _options;
    private readonly ModelData _data = new(sampler: null, readsCurves: true);
    private readonly GpOptions _model;
    private readonly double _first;
    private readonly ulong _seed;
    private (long Position, SchedulerAction Action)? _last;

    private FreezeThawScheduler(MethodDescriptor descriptor, FreezeThawOptions options, MethodContext context)
    {
        (Descriptor, _options, _seed) = (descriptor, options, context.Seed);
        var fidelity = context.Problem.Fidelity ?? throw new ProblemException(
            "Scheduler 'freeze-thaw' needs a fidelity, such as epochs, of which trials can get less; the problem has none. "
            + "Add one, or take the scheduler 'run-to-completion'.");
        _first = options.First ?? Math.Max(fidelity.Low, fidelity.IsInteger ? Math.Round(fidelity.High / 8) : fidelity.High / 8);
        if (_first > fidelity.High)
        {
            throw new ProblemException(FormattableString.Invariant(
                $"Scheduler 'freeze-thaw': first is {_first}, but must be at most {fidelity.High}, the most {fidelity.Name} there is."));
        }

        _model = new() { Members = options.Members, ModelTrials = options.ModelPoints };
    }

    /// <summary>How registries know it: <c>freeze-thaw</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "freeze-thaw", 1, "A model of learning curves pauses trials that will hardly become the best, and resumes what promises most.",
        FreezeThawJson.Default.FreezeThawOptions,
        [
            MethodOption.Number(
                "first", "The resource at which a trial is looked at first; by default about an eighth of the whole.", 1e-9, 1e12),
            MethodOption.Number("growth", "By which factor the resource grows from one look to the next.", 1.1, 100),
            MethodOption.Number("hope", "How likely a trial must be to become the best for it to go on at once.", 0, 1),
            MethodOption.Number(
                "breadth", "How much resource, in whole trials, is spent by the price of improvement alone before hope counts.", 0, 10_000),
            MethodOption.Integer("members", "Over how many draws of the hyperparameters is averaged.", 1, 64),
            MethodOption.Integer("model_points", "How many points of learning curves the model holds at most.", 50, 2_000),
        ],
        (descriptor, options, context) => new FreezeThawScheduler(descriptor, options, context));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        _data.Observe(journalEvent, history);
        _last = null;
    }

    /// <inheritdoc/>
    public SchedulerAction Next(in ScheduleContext context)
    {
        var history = context.History;
        if (_last is not { } last || last.Position != history.Position)
            _last = last = (history.Position, Choose(history));
        return last.Action;
    }

    /// <inheritdoc/>
    public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(measurement);
        var history = context.History;
        var fidelity = history.Problem.Fidelity!;
        if (measurement.Resource is not { } resource || resource >= fidelity.High || !IsLook(trial, resource))
            return TrialDecision.Continue;
        _data.Enter(history);
        if (!CanLearn(history))
            return history.ResourceSpent < _options.Breadth * fidelity.High ? TrialDecision.Pause : TrialDecision.Continue;
        var key = Key(history);
        var model = CurveModel.Fit(_data, history, trial.Number, _model, key);
        if (model.Hope(trial) >= _options.Hope && history.ResourceSpent >= _options.Breadth * fidelity.High)
            return TrialDecision.Continue;
        var price = model.Price(trial);
        return price >= model.PriceOfNew(history.Problem.Space, key) && !(BestPaused(model, history) is { } other && other.Price > price)
            ? TrialDecision.Continue
            : TrialDecision.Pause;
    }

    private SchedulerAction Choose(History history)
    {
        var start = new SchedulerAction.Start(Step: new(0, 0, 0, history.Problem.Fidelity!.High));
        if (history.Paused.Count == 0)
            return start;
        var isFull = history.Trials.Count >= history.Budget.Trials || history.IsExhausted;
        _data.Enter(history);
        if (!CanLearn(history))
            return isFull ? Resume(history.Trials[history.Paused[0]]) : start;
        var key = Key(history);
        var model = CurveModel.Fit(_data, history, -1, _model, key);
        if (BestPaused(model, history) is not { } best)
            return start;
        return isFull || best.Price >= model.PriceOfNew(history.Problem.Space, key) ? Resume(best.Trial) : start;

        SchedulerAction.Resume Resume(Trial trial) =>
            new(trial.Number, Step: new(0, 0, trial.Resource ?? 0, history.Problem.Fidelity!.High));
    }

    private static (Trial Trial, double Price)? BestPaused(CurveModel model, History history)
    {
        (Trial Trial, double Price)? best = null;
        foreach (var number in history.Paused)
        {
            var price = model.Price(history.Trials[number]);
            if (best is null || price > best.Value.Price)
                best = (history.Trials[number], price);
        }

        return best;
    }

    /// <summary>Whether there is enough for a model: about as many trials as there are parameters, but never very many.</summary>
    private bool CanLearn(History history) =>
        _data.Count > Math.Min(history.Problem.Space.Dimensions, MostUnmodelled) && _data.CanLearn(history.Problem);

    /// <summary>Whether a measurement is the first at or beyond a resource at which to look.</summary>
    private bool IsLook(Trial trial, double resource)
    {
        var before = trial.Measurements.Count > 1 ? trial.Measurements[^2].Resource ?? 0 : 0;
        var level = _first;
        while (level <= before)
            level *= _options.Growth;
        return resource >= level;
    }

    private RandomKey Key(History history) =>
        Keys.ForStudy(_seed, Registration.Name).Derive(0, (ulong)history.Position, RandomKey.Purpose("decision"));
}
