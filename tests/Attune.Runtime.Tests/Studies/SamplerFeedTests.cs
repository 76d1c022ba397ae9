using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

public sealed class SamplerFeedTests
{
    [Fact]
    public void Add_NobodyProposes_WhatWaitsStaysBounded()
    {
        var sampler = new WatchedSampler();
        var feed = new SamplerFeed(sampler);
        foreach (var journalEvent in Events(10 * SamplerFeed.MostArriving))
        {
            feed.Add(journalEvent);
            Assert.True(feed.ArrivingCount < SamplerFeed.MostArriving);
        }

        Assert.True(sampler.Observed > 9 * SamplerFeed.MostArriving);
    }

    [Fact]
    public void Propose_AfterMuchWasObservedEarly_IsThatOfASamplerThatObservedAtOnce()
    {
        var events = Events(3 * SamplerFeed.MostArriving).ToArray();
        var methods = LastLossSampler.Methods;
        var definition = Lab.Define(sampler: "last-loss");
        ISampler Make() => methods.CreateSampler(definition.Sampler, new(definition.Problem, definition.Seed, definition.Budget));
        var last = events.Select(journalEvent => journalEvent.Payload).OfType<Reserved>().Last().Trial;
        var (early, late) = (new SamplerFeed(Make()), Make());
        var fold = new HistoryFold();
        foreach (var journalEvent in events)
        {
            early.Add(journalEvent);
            fold.Apply(journalEvent);
            late.Observe(journalEvent, fold.Current);
        }

        var (basis, proposal) = early.Propose(last, 1);
        Assert.Equal(events.Length, basis);
        Assert.Equal(late.Propose(new(fold.Current, last, fold.Current.Trials[last].SamplerIndex), 1)[0], proposal);
    }

    [Fact]
    public void Add_SamplerFailsToObserve_TheNextProposalFailsInstead()
    {
        var feed = new SamplerFeed(new WatchedSampler { FailsAt = 500 });
        foreach (var journalEvent in Events(5 * SamplerFeed.MostArriving))
            feed.Add(journalEvent);
        Assert.Equal(0, feed.ArrivingCount);
        Assert.Contains("500", Assert.Throws<InvalidOperationException>(() => feed.Propose(0, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhileTheSamplerThinks_WaitsForNobodyAndLosesNothing()
    {
        var sampler = new WatchedSampler { Thinking = new ManualResetEventSlim(), MayGoOn = new ManualResetEventSlim() };
        var feed = new SamplerFeed(sampler);
        var events = Events(3 * SamplerFeed.MostArriving).ToArray();
        for (var i = 0; i < 100; i++)
            feed.Add(events[i]);
        var proposing = Task.Run(() => feed.Propose(0, 1), Lab.Cancel);
        sampler.Thinking.Wait(Lab.Cancel);
        for (var i = 100; i < events.Length; i++)
            feed.Add(events[i]);
        Assert.Equal(100, sampler.Observed);
        sampler.MayGoOn.Set();
        Assert.Equal(100, (await proposing).Basis);
        Assert.Equal(events.Length, feed.Propose(0, 1).Basis);
        Assert.Equal(events.Length, sampler.Observed);
    }

    private static IEnumerable<JournalEvent> Events(int count)
    {
        var space = Lab.Space;
        var position = 0;
        StudyEvent[] first = [new StudyCreated(Lab.Define(sampler: "last-loss"))];
        var later = Enumerable.Range(0, count).SelectMany(trial => (StudyEvent[])
        [
            new Reserved(trial, TrialOrigin.Sampler, trial, 0, 1), new Proposed(trial, space.Decode([trial / (double)count]), position, 0, null, "f"),
            new Started(trial, 1), new Measured(trial, Measurement.Of("loss", trial)), new Finished(trial),
        ]);
        foreach (var payload in first.Concat(later).Take(count))
            yield return new EventDraft(DateTimeOffset.UnixEpoch, "w", position, payload is TrialEvent ? 1 : 0, 0, payload).At(++position);
    }

    private sealed class WatchedSampler : ISampler
    {
        internal int Observed { get; private set; }

        internal int FailsAt { get; init; }

        internal ManualResetEventSlim? Thinking { get; init; }

        internal ManualResetEventSlim? MayGoOn { get; init; }

        public MethodDescriptor Descriptor { get; } = new("watched", 1);

        public bool ReadsHistory => true;

        public void Observe(in JournalEvent journalEvent, History history)
        {
            if (++Observed == FailsAt)
                throw new InvalidOperationException($"This sampler fails at event {FailsAt}.");
        }

        public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
        {
            Thinking?.Set();
            MayGoOn?.Wait(Lab.Cancel);
            return [new(context.Space.Default())];
        }
    }
}
