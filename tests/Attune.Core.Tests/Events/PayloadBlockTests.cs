using Attune.Core.Tests.Histories;
using Attune.Events;

namespace Attune.Core.Tests.Events;

public sealed class PayloadBlockTests
{
    private static readonly ScheduleStep Step = new(1, 2, 3, 9);

    [Fact]
    public void Pack_OfEveryKindOfEvent_ReadsEqualPayloads() => AssertEqual([.. SampleJournal.Events.Select(journalEvent => journalEvent.Payload)]);

    [Fact]
    public void Pack_OfAnyLegalJournal_ReadsEqualPayloads()
    {
        for (var seed = 0ul; seed < 100; seed++)
            AssertEqual([.. new RandomJournal(seed, 300).Events.Select(journalEvent => journalEvent.Payload)]);
    }

    [Fact]
    public void Pack_OfPayloadsWithUnusualParts_LosesNothing()
    {
        var configuration = SampleJournal.Space.Default();
        var plain = new Measurement(new([new("loss", -0.0), new("accuracy", double.Epsilon)])) { Sequence = int.MaxValue, Attempt = 9 };
        AssertEqual(
        [
            new Reserved(5, TrialOrigin.Sampler, long.MaxValue, 0, int.MaxValue),
            new Reserved(6, TrialOrigin.Enqueued, -1, 77, 1, 0.5, Step),
            new Reserved(7, TrialOrigin.Imported, -1, 0, 1, 0.5, Step),
            new Reserved(7, TrialOrigin.Imported, -1, 0, 1, 0.5, Step with { Rung = 3 }),
            new Proposed(8, configuration, 123_456_789_012, 3, null, "f"),
            new Proposed(8, configuration, 1, 0, new("random", 1), "f"),
            new Proposed(8, configuration, 1, 0, new("random", 2), "f"),
            new Proposed(8, configuration, 1, 0, new("random", 2), "g"),
            new Proposed(8, configuration, 1, 0, null, "f", "{}"),
            new Started(9, 4, 0.25, 123_456_789_012, Step),
            new Measured(10, plain),
            new Measured(10, plain with { Resource = 3 }),
            new Measured(10, plain with { Elapsed = 4 }),
            new Measured(10, plain with { Instance = "fold" }),
            new Measured(10, plain with { Replicate = 1 }),
            new Measured(10, plain with { StandardErrors = new("loss", 1) }),
            new Measured(10, new(MetricValues.Empty)),
            new Measured(10, Measurement.Of("accuracy", 1)),
            new Finished(11, Stopped: true),
            new Finished(11),
        ]);
    }

    [Fact]
    public void Pack_OfAProposal_KeepsItsSpaceAndTheInactiveParameters()
    {
        var configuration = SampleJournal.Space.Configure([new("modèle \"x\"", 1.0)], useDefaults: true);
        var read = Assert.IsType<Proposed>(PayloadBlock.Pack([new Proposed(0, configuration, 1, 0, null, "f")])[0]);
        Assert.Same(SampleJournal.Space, read.Configuration.Space);
        Assert.False(read.Configuration.IsActive("size"));
        Assert.Equal(configuration.Numbers, read.Configuration.Numbers);
    }

    [Fact]
    public void Pack_OfWhatEveryTrialHas_KeepsNoPayloadItself()
    {
        StudyEvent[] ordinary =
        [
            new Reserved(0, TrialOrigin.Sampler, 0, 0, 1, 3, Step), new Proposed(0, SampleJournal.Space.Default(), 1, 0, new("random", 1), "f"), new Started(0, 1),
            new Measured(0, Measurement.Of("loss", 1, 3)), new Finished(0),
        ];
        var block = PayloadBlock.Pack(ordinary);
        for (var i = 0; i < ordinary.Length; i++)
            Assert.NotSame(ordinary[i], block[i]);
    }

    [Fact]
    public void Indexer_BeyondTheEnd_IsRefused()
    {
        var block = PayloadBlock.Pack([new Ticked()]);
        Assert.Equal(1, block.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => block[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => block[-1]);
    }

    private static void AssertEqual(StudyEvent[] payloads)
    {
        var block = PayloadBlock.Pack(payloads);
        Assert.Equal(payloads.Length, block.Count);
        for (var i = 0; i < payloads.Length; i++)
            Assert.Equal(payloads[i], block[i]);
    }
}
