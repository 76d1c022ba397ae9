using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyRefusalTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AskAsync_SamplerProposesOutsideTheSpace_IsRefusedAndNotWritten(bool readsHistory)
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync(options: lab.Options(catalog: new Stray(readsHistory)));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        Assert.StartsWith("The sampler stray v1 proposed an illegal configuration", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await lab.EventsAsync(), journalEvent => journalEvent.Payload is Proposed);
    }

    [Fact]
    public async Task CreateAsync_IllegalOptions_CreatesNothing()
    {
        await using var lab = new Lab();
        var fine = lab.Options();
        foreach (var options in new[] { fine with { LeaseDuration = TimeSpan.FromMilliseconds(999) }, fine with { Parallelism = 0 } })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lab.CreateAsync(options: options));
        Assert.Empty(await lab.Store.ListAsync(Lab.Cancel));
    }

    [Fact]
    public async Task OpenAsync_BlankName_IsRefused()
    {
        await using var lab = new Lab();
        await Assert.ThrowsAsync<ArgumentException>(() => Study.OpenAsync(lab.Store, " ", lab.Options(), Lab.Cancel));
    }

    [Fact]
    public async Task RunAsync_SamplerHasNothingMore_IsNoFailureInARow()
    {
        await using var lab = new Lab();
        var definition = Lab.Define(new() { Trials = 50, ConsecutiveFailures = 1, TrialsWithoutImprovement = 1 });
        await using var study = await lab.CreateAsync(definition, lab.Options(catalog: new Stray(readsHistory: true) { IsDone = true }));
        var summary = await study.RunAsync(Lab.Objective(_ => 1), new() { Parallelism = 2 }, Lab.Cancel);
        Assert.Equal(StopReason.Exhausted, summary.Reason);
        Assert.All(summary.History.Trials, trial => Assert.Equal(FailureKind.Cancelled, trial.Failure?.Kind));
    }

    /// <summary>Proposes points of another space than the study's.</summary>
    private sealed class Stray(bool readsHistory) : IMethodCatalog, ISampler
    {
        private readonly SearchSpace _elsewhere = new SearchSpaceBuilder().Float("x", 5, 6).Build();

        public MethodDescriptor Descriptor { get; } = new("stray", 1);

        internal bool IsDone { get; init; }

        public bool ReadsHistory => readsHistory;

        public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context) => this;

        public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context) =>
            LastLossSampler.Methods.CreateScheduler(descriptor, context);

        public void Observe(in JournalEvent journalEvent, History history)
        {
        }

        public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count) => IsDone ? [] : [new(_elsewhere.Decode([0.5]))];
    }
}
