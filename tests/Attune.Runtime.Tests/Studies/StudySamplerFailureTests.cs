using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudySamplerFailureTests
{
    [Fact]
    public async Task AskAsync_SamplerThrowsWhileItObserves_NextAskBeginsAnew()
    {
        await using var lab = new Lab();
        var catalog = new Faulty();
        await using var study = await lab.CreateAsync(Lab.Define(sampler: "last-loss"), lab.Options(catalog: catalog));
        await study.TellAsync((await study.AskAsync(cancellationToken: Lab.Cancel))!, 1, Lab.Cancel);
        catalog.Failures = 1;
        await Assert.ThrowsAsync<FormatException>(async () => await study.AskAsync(cancellationToken: Lab.Cancel));
        var asked = (await study.AskAsync(cancellationToken: Lab.Cancel))!;
        Assert.Equal((1, 2), (asked.Trial, asked.Token));
        ReplayLaw.Check(await lab.EventsAsync(), LastLossSampler.Methods);
    }

    private sealed class Faulty : IMethodCatalog
    {
        internal int Failures;

        public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context) =>
            new Sampler(this, LastLossSampler.Methods.CreateSampler(descriptor, context));

        public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context) => LastLossSampler.Methods.CreateScheduler(descriptor, context);

        private sealed class Sampler(Faulty owner, ISampler inner) : ISampler
        {
            public MethodDescriptor Descriptor => inner.Descriptor;

            public bool ReadsHistory => true;

            public void Observe(in JournalEvent journalEvent, History history)
            {
                if (journalEvent.Payload is Finished && Interlocked.Exchange(ref owner.Failures, 0) > 0)
                    throw new FormatException("half-way");
                inner.Observe(journalEvent, history);
            }

            public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count) => inner.Propose(context, count);
        }
    }
}
