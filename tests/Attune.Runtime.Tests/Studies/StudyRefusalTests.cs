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

    [Theory]
    [InlineData("space", "resumes trial 0 with an illegal configuration (x=2)")]
    [InlineData("low", "gives a trial the resource 0; it must be positive and at most 27 (epochs).")]
    [InlineData("high", "gives a trial the resource 28; it must be positive and at most 27 (epochs).")]
    public async Task AskAsync_SchedulerResumesWithWhatIsNotLegal_IsRefusedAndNotWritten(string defect, string message)
    {
        await using var lab = new Lab();
        var wider = new SearchSpaceBuilder().Float("x", 0, 2).Build();
        var scheduler = new Resuming(defect switch
        {
            "space" => new(0, Configuration: wider.Configure([new("x", 2)])),
            "low" => new(0, Resource: 0),
            _ => new(0, Resource: 28),
        });
        var problem = new Problem(Lab.Space, [new("loss")], fidelities: [new("epochs", 1, 27)]);
        await using var study = await lab.CreateAsync(Lab.Define(problem: problem), lab.Options(catalog: scheduler));
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        await study.PauseAsync(asked.Trial, asked.Token, Lab.Cancel);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        Assert.StartsWith($"The scheduler run-to-completion v1 {message}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await lab.EventsAsync(), journalEvent => journalEvent.Payload is Resumed);
        Assert.Equal(TrialState.Paused, (await study.SnapshotAsync(Lab.Cancel)).Trials[0].State);
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

    private sealed class Resuming(SchedulerAction.Resume resume) : IMethodCatalog
    {
        public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context) => LastLossSampler.Methods.CreateSampler(descriptor, context);

        public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context) =>
            new Scheduler(LastLossSampler.Methods.CreateScheduler(descriptor, context), resume);

        private sealed class Scheduler(IScheduler inner, SchedulerAction.Resume resume) : IScheduler
        {
            public MethodDescriptor Descriptor => inner.Descriptor;

            public void Observe(in JournalEvent journalEvent, History history) => inner.Observe(journalEvent, history);

            public SchedulerAction Next(in ScheduleContext context) => context.History.Paused.Count > 0 ? resume : inner.Next(context);

            public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) => TrialDecision.Continue;
        }
    }
}
