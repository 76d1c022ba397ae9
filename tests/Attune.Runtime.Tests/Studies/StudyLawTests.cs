using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Tests.Shared;
using Attune.Testing;
using Attune.Testing.Studies;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyLawTests
{
    public static TheoryData<string, string, string> Cases() => StudyLawCases.All();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public Task CrashesChangeNothing_EveryPoint_SameTrials(string sampler, string options, string scheduler) => StudyLaws.CrashesChangeNothingAsync(
        () => new MemoryStore(), StudyLawCases.Define(sampler, options, scheduler, trials: 6), LastLossSampler.Methods, StudyLawCases.TrainAsync,
        CrashPoint.All, Cancel);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task RandomCrashesChangeNothing_TenCrashes_SameTrials(string sampler, string options, string scheduler)
    {
        var happened = await StudyLaws.RandomCrashesChangeNothingAsync(
            () => new MemoryStore(), StudyLawCases.Define(sampler, options, scheduler, trials: 12), LastLossSampler.Methods, StudyLawCases.TrainAsync,
            crashes: 20, seed: 5, Cancel);
        Assert.True(happened >= 10, $"Only {happened} of the crashes happened.");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task DeathsLoseNothing_FourWorkers_OneOutcomeEach(string sampler, string options, string scheduler)
    {
        await using var store = new MemoryStore();
        await StudyLaws.DeathsLoseNothingAsync(
            store, StudyLawCases.Define(sampler, options, scheduler, trials: 20), LastLossSampler.Methods, StudyLawCases.TrainAsync, workers: 4,
            deaths: 6, seed: 11, Cancel);
    }

    [Fact]
    public async Task DeathsLoseNothing_SeveralObjectives_OneOutcomeEach()
    {
        await using var store = new MemoryStore();
        await StudyLaws.DeathsLoseNothingAsync(
            store, StudyLawCases.Define("random", "{}", "scripted", trials: 30, objectives: 2), LastLossSampler.Methods, StudyLawCases.TrainAsync,
            workers: 4, deaths: 6, seed: 2, Cancel);
    }

    [Fact]
    public async Task CrashesChangeNothing_ObjectiveThatRemembersTheAttempt_IsCaught()
    {
        // An objective whose value depends on how often it was called is what the law must notice.
        var calls = 0;
        await Assert.ThrowsAsync<ContractViolationException>(() => StudyLaws.CrashesChangeNothingAsync(
            () => new MemoryStore(), StudyLawCases.Define("random", "{}", "run-to-completion", trials: 3), LastLossSampler.Methods,
            _ => Task.FromResult<MetricValues?>(new("loss", ++calls)), [CrashPoint.EndBegun], Cancel));
    }

    [Fact]
    public async Task DeathsLoseNothing_LostTrialsAreNotRetriedAndBudgetIsMissed_IsCaught()
    {
        // The law counts trials against the budget: a study whose sampler ends early does not keep it.
        await using var store = new MemoryStore();
        var definition = StudyLawCases.Define("grid", """{"points":2}""", "run-to-completion", trials: 500);
        var violation = await Assert.ThrowsAsync<ContractViolationException>(() => StudyLaws.DeathsLoseNothingAsync(
            store, definition, LastLossSampler.Methods, StudyLawCases.TrainAsync, workers: 2, deaths: 0, seed: 1, Cancel));
        Assert.Contains("the budget is 500", violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("last-loss")]
    public async Task Check_ForgedProposal_IsCaught(string sampler)
    {
        var events = await RunAsync(sampler);
        ReplayLaw.Check(events, LastLossSampler.Methods);
        var forged = events.ToList();
        var at = forged.FindLastIndex(e => e.Payload is Proposed);
        var other = forged.First(e => e.Payload is Proposed).Payload;
        forged[at] = forged[at] with { Payload = (Proposed)forged[at].Payload with { Configuration = ((Proposed)other).Configuration } };
        var violation = Assert.Throws<ContractViolationException>(() => ReplayLaw.Check(forged, LastLossSampler.Methods));
        Assert.Contains("does not follow from its basis", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BasisMovedOverACompletion_IsCaught()
    {
        var forged = (await RunAsync("last-loss")).ToList();
        var at = forged.FindLastIndex(e => e.Payload is Proposed);
        forged[at] = forged[at] with { Payload = (Proposed)forged[at].Payload with { Basis = ((Proposed)forged[at].Payload).Basis - 4 } };
        Assert.Throws<ContractViolationException>(() => ReplayLaw.Check(forged, LastLossSampler.Methods));
    }

    [Fact]
    public async Task Check_ForgedDecision_IsCaught()
    {
        var forged = (await RunAsync("random", "scripted")).ToList();
        var at = forged.FindIndex(e => e.Payload is Decided);
        var decided = (Decided)forged[at].Payload;
        forged[at] = forged[at] with
        {
            Payload = decided with { Decision = decided.Decision == Scheduling.TrialDecision.Stop ? Scheduling.TrialDecision.Pause : Scheduling.TrialDecision.Stop },
        };
        Assert.ThrowsAny<Exception>(() => ReplayLaw.Check(forged, LastLossSampler.Methods));
    }

    private static async Task<IReadOnlyList<JournalEvent>> RunAsync(string sampler, string scheduler = "run-to-completion")
    {
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(
            store, "s", StudyLawCases.Define(sampler, "{}", scheduler, trials: 6), new() { Catalog = LastLossSampler.Methods }, Cancel);
        await study.RunAsync(new DelegateExecutor(StudyLawCases.TrainAsync), cancellationToken: Cancel);
        await using var journal = await store.OpenAsync("s", Cancel);
        return await ReplayLaw.ReadAsync(journal, Cancel);
    }
}
