using System.Text.Json;
using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Scheduling;
using Attune.Simulation;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class FreezeThawSchedulerTests
{
    private const int Epochs = 32;

    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();

    [Fact]
    public void Create_WithoutAFidelity_SaysWhatToDo()
    {
        var problem = Assert.Throws<ProblemException>(() => Create("{}", new(Space, [new("loss")])));

        Assert.Contains("needs a fidelity", problem.Message, StringComparison.Ordinal);
        Assert.Contains("run-to-completion", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_AFirstLookBeyondTheEnd_IsRefused()
    {
        var problem = Assert.Throws<ProblemException>(() => Create("""{"first": 33}""", Problem()));

        Assert.Contains("first is 33", problem.Message, StringComparison.Ordinal);
        Assert.Contains("at most 32", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ManyTrials_PausesTheHopelessAndRunsTheBestToItsEnd()
    {
        var history = await SimulateAsync("freeze-thaw", seed: 1, resource: 25 * Epochs);

        var spent = history.Trials.Select(trial => trial.Resource ?? 0).ToArray();
        Assert.True(history.Trials.Count > 28, $"{history.Trials.Count} trials");
        Assert.InRange(spent.Count(resource => resource >= Epochs), 5, 24);
        Assert.Equal(Epochs, history.Trials[Best(history)].Resource);
    }

    [Fact]
    public async Task Simulate_NoNewTrialAllowed_RunsWhatWasPausedToItsEnd()
    {
        var history = await SimulateAsync("freeze-thaw", seed: 2, resource: null, trials: 12);

        Assert.Equal(12, history.Trials.Count);
        Assert.All(history.Trials, trial => Assert.Equal(TrialState.Completed, trial.State));
    }

    [Fact]
    public void Next_AfterAnyPrefixOfAParallelJournal_IsWhatOneSaysThatWasNeverAskedBefore()
    {
        var registry = MethodRegistry.Default;
        var problem = TestProblems.Curves();
        var events = SimulatedStudy.Run(
            problem, registry, registry.DescribeSampler("gp"), registry.DescribeScheduler("freeze-thaw"), seed: 5,
            new() { Trials = 16, Workers = 3 });
        var (fold, asked) = (new HistoryFold(), Create("{}", problem.Problem));
        var answers = new HashSet<string>();
        for (var i = 0; i < events.Length; i++)
        {
            fold.Apply(events[i]);
            asked.Observe(events[i], fold.Current);
            if (i % 25 != 24 || fold.Current.Trials.Count < 4)
                continue;
            var (other, fresh) = (new HistoryFold(), Create("{}", problem.Problem));
            foreach (var journalEvent in events.Take(i + 1))
            {
                other.Apply(journalEvent);
                fresh.Observe(journalEvent, other.Current);
            }

            var answer = asked.Next(new(fold.Current)).ToString();
            answers.Add(answer.Split(' ')[0]);
            Assert.Equal(answer, fresh.Next(new(other.Current)).ToString());
        }

        Assert.Contains("Start", answers);
        Assert.Contains("Resume", answers);
    }

    [Fact]
    public async Task Simulate_TheSameResource_FindsBetterThanRunningEveryTrialToItsEnd()
    {
        var gain = 0.0;
        for (ulong seed = 0; seed < 8; seed++)
        {
            var whole = await SimulateAsync("run-to-completion", seed, 8 * Epochs);
            var frozen = await SimulateAsync("freeze-thaw", seed, 8 * Epochs);
            gain += Math.Log(Whole(whole) / Whole(frozen));
        }

        // Eight whole trials against what they pay for else: the gap to the optimum is to be a third at most on the mean.
        Assert.True(gain / 8 > Math.Log(3), $"mean log gain {gain / 8}");

        static double Whole(History history) => Loss(history.Trials[Best(history)].Configuration!, Epochs);
    }

    private static int Best(History history) => history.Trials.Where(trial => trial.Measurements.Count > 0)
        .MinBy(trial => trial.Measurements[^1].Metrics.First().Value)!.Number;

    private static Problem Problem() =>
        new(Space, [new("loss") { Noise = Noise.Deterministic }], fidelities: [new("epoch", 1, Epochs)]);

    /// <summary>A valley around (0.3, 0.7), from which all curves start far away.</summary>
    private static double Loss(Configuration configuration, int epoch)
    {
        var (x, y) = (configuration.GetDouble("x") - 0.3, configuration.GetDouble("y") - 0.7);
        return 0.001 + (x * x) + (y * y) + (2.0 / (epoch + 3)) - (2.0 / (Epochs + 3));
    }

    private static IScheduler Create(string options, Problem problem)
    {
        var descriptor = MethodRegistry.Default.DescribeScheduler("freeze-thaw", JsonElement.Parse(options));
        return MethodRegistry.Default.CreateScheduler(descriptor, new(problem, 1, Budget.Unlimited));
    }

    private static async Task<History> SimulateAsync(string scheduler, ulong seed, double? resource, int? trials = null)
    {
        var registry = MethodRegistry.Default;
        var definition = new StudyDefinition(
            Problem(), seed, registry.DescribeSampler("gp"), registry.DescribeScheduler(scheduler))
        {
            Budget = new() { Resource = resource, Trials = trials },
        };
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(
            store, "study", definition, new() { Catalog = registry, Clock = new SimulatedClock() }, TestContext.Current.CancellationToken);
        var summary = await study.SimulateAsync(
            new SimulatedProgram(assignment => Enumerable.Range((int)(assignment.FromResource ?? 0) + 1,
                (int)assignment.Resource! - (int)(assignment.FromResource ?? 0))
                .Select(epoch => SimulatedStep.Of(1, "loss", Loss(assignment.Configuration, epoch), epoch))),
            new(), TestContext.Current.CancellationToken);
        return summary.History;
    }
}
