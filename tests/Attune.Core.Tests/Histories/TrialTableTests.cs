using Attune.Histories;
using Attune.Numerics;

namespace Attune.Core.Tests.Histories;

public sealed class TrialTableTests
{
    private static readonly Trial[] Ended = [.. Enumerable.Range(0, 300)
        .SelectMany(seed => HistoryFold.Fold(new RandomJournal((ulong)seed, 250).Events).Trials)
        .Where(trial => trial.IsFinished)];

    [Fact]
    public void Pack_OfEndedTrials_ReadsEqualTrials()
    {
        // Measured several times, failed, lost, enqueued, of a revised space: everything is among them.
        var trials = Ended.Select((trial, i) => trial with { Number = 7 + i }).ToArray();
        Assert.True(trials.Length > 1_000);
        var block = TrialBlock.Pack(trials);
        for (var i = 0; i < trials.Length; i++)
            Assert.Equal(trials[i], block[i]);
    }

    [Fact]
    public void Pack_OfTrialsWithUnusualParts_LosesNothing()
    {
        var plain = Plain(0);
        Trial[] trials =
        [
            plain,
            plain with { Annotation = "{}" },
            plain with { Step = new(1, 2, 3, 4) },
            plain with { Target = 9 },
            plain with { Parent = 3 },
            plain with { Checkpoint = "there", CheckpointResource = 4 },
            plain with { SpaceRevision = 3, Worker = "another" },
            plain with { Losses = [1, 2], Violations = [double.NaN, -1] },
            plain with { IsInterrupted = true, Attempt = 7, Token = 9 },
            plain with { Measurements = MeasurementList.Empty },
            plain with { Measurements = MeasurementList.Empty.Add(new(new([new("loss", 1), new("accuracy", 2)])) { Resource = 3, Elapsed = 4, Sequence = 5, Attempt = 6 }) },
            plain with { Measurements = MeasurementList.Empty.Add(Measurement.Of("loss", 1) with { Instance = "fold" }) },
            plain with { Configuration = null, State = TrialState.Failed, Failure = new(FailureKind.Cancelled, "nothing to propose") },
            plain with { ResourceSpent = 3, CostSpent = 5, StartedAt = null },
        ];
        for (var i = 0; i < trials.Length; i++)
            trials[i] = trials[i] with { Number = i };
        var block = TrialBlock.Pack(trials);
        Assert.NotSame(trials[0], block[0]);
        for (var i = 0; i < trials.Length; i++)
            Assert.Equal(trials[i], block[i]);
    }

    [Fact]
    public void Set_InAnyOrder_TableAndFrozenCopiesStayTrue()
    {
        const int Count = (3 * TrialTable.BlockSize) + 10;
        var random = RandomKey.FromSeed(5).CreateStream();
        var table = new TrialTable();
        var model = new Trial[Count];
        for (var i = 0; i < Count; i++)
            Put(new() { Number = i, State = TrialState.Running });
        var frozen = new List<(TrialTable Table, Trial[] Model)>();
        var order = new int[Count];
        random.Permutation(order);
        foreach (var number in order)
        {
            Put(model[number] with { Token = 2 });
            Put(Plain(number));
            if (number % 50 == 0)
                frozen.Add((table.Freeze(), [.. model]));
        }

        frozen.Add((table, model));
        Assert.All(frozen, pair => Assert.Equal(pair.Model, pair.Table));
        Assert.NotSame(table[0], table[0]);
        Assert.Same(table[Count - 1], table[Count - 1]);

        void Put(Trial trial)
        {
            model[trial.Number] = trial;
            table.Set(trial);
        }
    }

    [Fact]
    public void Set_OfATrialInAFullBlockThatEnded_ChangesThatTrialAlone()
    {
        var table = new TrialTable();
        for (var i = 0; i < TrialTable.BlockSize; i++)
            table.Set(Plain(i));
        var frozen = table.Freeze();
        table.Set(Plain(3) with { Token = 5 });
        Assert.Equal(5, table[3].Token);
        Assert.Equal(1, frozen[3].Token);
        Assert.Equal(Plain(4), table[4]);
    }

    private static Trial Plain(int number) => new()
    {
        Number = number,
        Configuration = RandomJournalSpace.Decode([0.25]),
        SamplerIndex = number,
        State = TrialState.Completed,
        Token = 1,
        Worker = "w",
        Measurements = MeasurementList.Empty.Add(Measurement.Of("loss", number)),
        Losses = [number],
        ReservedAt = RandomJournal.Start,
        StartedAt = RandomJournal.Start.AddSeconds(1),
        FinishedAt = RandomJournal.Start.AddSeconds(number),
    };

    private static readonly SearchSpace RandomJournalSpace = new SearchSpaceBuilder().Float("x", 0, 1).Build();
}
