using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>
/// The laws that every scheduler keeps, one method a law. A test lists <see cref="Laws"/> and calls <see cref="Check"/>; whoever writes a
/// scheduler runs the same suite.
/// </summary>
public sealed partial class SchedulerContract
{
    private static readonly LawTable<Action<SchedulerContract, ulong>> Checks = new(
        new()
        {
            [nameof(ReplayHoldsAtEveryPrefix)] = (contract, seed) => contract.ReplayHoldsAtEveryPrefix(seed),
            [nameof(ReplayHoldsWithoutFidelity)] = (contract, seed) => contract.ReplayHoldsWithoutFidelity(seed),
            [nameof(ReplayHoldsWithSeveralObjectives)] = (contract, seed) => contract.ReplayHoldsWithSeveralObjectives(seed),
            [nameof(ReplayHoldsWithOutcomeConstraints)] = (contract, seed) => contract.ReplayHoldsWithOutcomeConstraints(seed),
            [nameof(ActionsArePossible)] = (contract, seed) => contract.ActionsArePossible(seed),
            [nameof(EveryTrialComesToAnEnd)] = (contract, seed) => contract.EveryTrialComesToAnEnd(seed),
            [nameof(LostWorkersDoNotStopIt)] = (contract, seed) => contract.LostWorkersDoNotStopIt(seed),
            [nameof(FailuresDoNotStopIt)] = (contract, seed) => contract.FailuresDoNotStopIt(seed),
            [nameof(TiesAreTaken)] = (contract, seed) => contract.TiesAreTaken(seed),
            [nameof(LateAndDuplicateMeasurementsAreTaken)] = (contract, seed) => contract.LateAndDuplicateMeasurementsAreTaken(seed),
            [nameof(MeasurementsMayLeapOverRungs)] = (contract, seed) => contract.MeasurementsMayLeapOverRungs(seed),
            [nameof(TrialsMayEndBeforeTheirTime)] = (contract, seed) => contract.TrialsMayEndBeforeTheirTime(seed),
            [nameof(TheSpaceMayBeRevised)] = (contract, seed) => contract.TheSpaceMayBeRevised(seed),
            [nameof(TheBudgetMayGrow)] = (contract, seed) => contract.TheBudgetMayGrow(seed),
            [nameof(SeveralObjectivesAreTaken)] = (contract, seed) => contract.SeveralObjectivesAreTaken(seed),
            [nameof(OutcomeConstraintsAreTaken)] = (contract, seed) => contract.OutcomeConstraintsAreTaken(seed),
            [nameof(OnlyTheBestArePromotedAndOnce)] = (contract, seed) => contract.OnlyTheBestArePromotedAndOnce(seed),
            [nameof(WorkDoesNotGrowWithHistory)] = (contract, seed) => contract.WorkDoesNotGrowWithHistory(seed),
            [nameof(WorkDoesNotGrowWithMeasuredTrials)] = (contract, seed) => contract.WorkDoesNotGrowWithMeasuredTrials(seed),
        });

    private static readonly MethodDescriptor Random = new("random", 1);

    private readonly IMethodCatalog _catalog;
    private readonly MethodDescriptor _scheduler;
    private readonly SchedulerContractOptions _options;
    private string _law = "";
    private ulong _seed;

    /// <summary>A suite for one scheduler.</summary>
    /// <param name="catalog">Makes the scheduler; must also know the sampler <c>random</c>.</param>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="options">What it claims; null for the defaults.</param>
    public SchedulerContract(IMethodCatalog catalog, MethodDescriptor scheduler, SchedulerContractOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(scheduler);
        (_catalog, _scheduler, _options) = (catalog, scheduler, options ?? new());
    }

    /// <summary>The names of all laws.</summary>
    public static IReadOnlyList<string> Laws => Checks.Names;

    /// <summary>Checks a law.</summary>
    /// <param name="law">One of <see cref="Laws"/>.</param>
    /// <param name="seed">The seed of everything random in the check.</param>
    /// <exception cref="ContractViolationException">The law is not kept.</exception>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public void Check(string law, ulong seed = 1) => Checks.Find(law)(this, seed);

    private void Begin(ulong seed, [System.Runtime.CompilerServices.CallerMemberName] string law = "") => (_law, _seed) = (law, seed);

    private void Demand(bool holds, Func<string> message)
    {
        if (!holds)
            throw new ContractViolationException(_scheduler.ToString(), _law, _seed, message());
    }

    private ImmutableArray<JournalEvent> Simulate(TestProblem problem, SimulationOptions options) =>
        SimulatedStudy.Run(problem, _catalog, Random, _scheduler, _seed, options);

    private IScheduler Create(ImmutableArray<JournalEvent> events)
    {
        var definition = ((StudyCreated)events[0].Payload).Definition;
        return _catalog.CreateScheduler(_scheduler, new(definition.Problem, definition.Seed, definition.Budget));
    }

    private IScheduler Create(Problem problem, ulong seed, int trials) =>
        _catalog.CreateScheduler(_scheduler, new(problem, seed, new Budget { Trials = trials }));

    /// <summary>Problems with a fidelity and, unless it refuses them, one without.</summary>
    private IEnumerable<TestProblem> Problems() => _options.NeedsFidelity
        ? [TestProblems.Curves(), TestProblems.TwoObjectiveCurves(), TestProblems.ConstrainedCurves()]
        : [TestProblems.Curves(), TestProblems.TwoObjectiveCurves(), TestProblems.ConstrainedCurves(), TestProblems.Branin()];

    /// <summary>What it would answer now: the next action, and a decision for the last measurement of each running trial.</summary>
    private static List<string> Answers(IScheduler scheduler, History history)
    {
        var context = new ScheduleContext(history);
        var answers = new List<string> { scheduler.Next(context).ToString() };
        foreach (var number in history.Running)
        {
            var trial = history.Trials[number];
            if (trial.Measurements.Count > 0)
                answers.Add($"trial {number}: {scheduler.OnMeasurement(trial, trial.Measurements[^1], context)}");
        }

        return answers;
    }

    /// <summary>Shows a journal event by event and calls back after each.</summary>
    private void Walk(ImmutableArray<JournalEvent> events, Action<IScheduler, History> look)
    {
        var (fold, scheduler) = (new HistoryFold(), Create(events));
        foreach (var journalEvent in events)
        {
            fold.Apply(journalEvent);
            scheduler.Observe(journalEvent, fold.Current);
            look(scheduler, fold.Current);
        }
    }

    private void DemandPossible(IScheduler scheduler, History history)
    {
        var (action, full) = (scheduler.Next(new(history)), history.Problem.Fidelity);
        var resource = action switch
        {
            SchedulerAction.Start start => start.Resource,
            SchedulerAction.Resume resume => resume.Resource,
            _ => null,
        };
        if (action is SchedulerAction.Resume { Trial: var trial })
            Demand(history.Paused.Contains(trial), () => $"at position {history.Position} it resumes trial {trial}, which is not paused.");
        Demand(resource is null || full is not null,
            () => FormattableString.Invariant(
                $"at position {history.Position} it wants the resource {resource}, but there is no fidelity."));
        var most = _options.MaxResource ?? full?.High;
        Demand(resource is null || resource <= most,
            () => FormattableString.Invariant(
                $"at position {history.Position} it wants the resource {resource}, but the most is {most}."));
        Demand(resource is not null || _options.MaxResource is null || action is SchedulerAction.Wait or SchedulerAction.Finish,
            () => FormattableString.Invariant($"at position {history.Position} it wants the whole, but the most is {most}."));
        Demand(resource is null || resource > 0,
            () => FormattableString.Invariant($"at position {history.Position} it wants the resource {resource}, which is not positive."));
    }
}
