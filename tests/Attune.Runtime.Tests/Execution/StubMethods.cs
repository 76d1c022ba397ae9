using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Runtime.Tests.Execution;

/// <summary>A catalog with a sampler that proposes the defaults and a scheduler that acts on cue.</summary>
internal sealed class StubMethods : IMethodCatalog
{
    public static MethodDescriptor Sampler { get; } = new("defaults", 1);

    public static MethodDescriptor Scheduler { get; } = new("on-cue", 1);

    /// <summary>What becomes of a trial after a measurement.</summary>
    public Func<Trial, Measurement, TrialDecision> Decide { get; init; } = (_, _) => TrialDecision.Continue;

    /// <summary>The resource that a trial is started with.</summary>
    public double? StartResource { get; init; }

    public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context) => new Defaults();

    public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context) => new OnCue(this);

    private sealed class Defaults : ISampler
    {
        public MethodDescriptor Descriptor => Sampler;

        public bool ReadsHistory => false;

        public void Observe(in JournalEvent journalEvent, History history)
        {
        }

        public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count) =>
            [.. Enumerable.Repeat(new Proposal(context.Space.Configure([], useDefaults: true)), count)];
    }

    private sealed class OnCue(StubMethods methods) : IScheduler
    {
        public MethodDescriptor Descriptor => Scheduler;

        public void Observe(in JournalEvent journalEvent, History history)
        {
        }

        public SchedulerAction Next(in ScheduleContext context) => context.History.Paused.Count > 0
            ? new SchedulerAction.Resume(context.History.Paused[0])
            : new SchedulerAction.Start(methods.StartResource);

        public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) =>
            methods.Decide(trial, measurement);
    }
}
