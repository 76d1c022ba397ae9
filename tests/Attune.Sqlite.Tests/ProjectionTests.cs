using Attune.Events;
using Attune.Histories;
using Attune.Testing;
using Microsoft.Data.Sqlite;

namespace Attune.Sqlite.Tests;

public sealed class ProjectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckAsync_AfterEveryEventOfTheSample_FindsRowsEqualToTheHistory()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", SampleEvents.All[0], Cancel);
        for (var i = 1; i < SampleEvents.All.Count; i++)
        {
            await journal.AppendAsync(i, (_, _) => [SampleEvents.All[i]], Cancel);
            Assert.Empty((await store.CheckAsync(Cancel)).Problems);
        }
    }

    [Fact]
    public async Task CheckAsync_EventsOfOneTrialFromSeveralStores_FindsRowsEqualToTheHistory()
    {
        await using var place = new TemporaryPlace();
        await using var first = await place.Open(cancellationToken: Cancel);
        await using var second = await place.Open(cancellationToken: Cancel);
        var one = await first.CreateAsync("s", SampleEvents.All[0], Cancel);
        var other = await second.OpenAsync("s", Cancel);
        for (var i = 1; i < SampleEvents.All.Count; i++)
            await (i % 3 == 0 ? other : one).AppendAsync(i % 5 == 0 ? 0 : i, (_, _) => [SampleEvents.All[i]], Cancel);
        Assert.Empty((await second.CheckAsync(Cancel)).Problems);
    }

    [Fact]
    public async Task RebuildAsync_RowsWereChangedLostAndInvented_MakesThemAnew()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "s", Cancel);
        await Samples.AddSampleAsync(store, "t", Cancel);
        var before = await store.ReadTrialsAsync("s", TrialQuery.All, Cancel);
        Query(place, "UPDATE trial_rows SET state = 'running' WHERE number = 0 AND study = 1");
        Query(place, "DELETE FROM trial_rows WHERE number = 1 AND study = 1");
        Query(place, "UPDATE trial_rows SET number = 77 WHERE number = 2 AND study = 1");
        var report = await store.CheckAsync(Cancel);
        Assert.Equal(4, report.Problems.Count);
        Assert.All(report.Problems, problem => Assert.Contains("--rebuild", problem, StringComparison.Ordinal));
        Assert.Contains("s: the row of trial 0 is not what its events tell: its state is running and should be completed. "
            + "'attune doctor --rebuild' makes it anew.", report.Problems);
        Assert.Equal(5, await store.RebuildAsync("s", Cancel));
        Assert.Empty((await store.CheckAsync(Cancel)).Problems);
        Assert.Equal(before, await store.ReadTrialsAsync("s", TrialQuery.All, Cancel));
        Assert.Equal(10, await store.RebuildAsync(cancellationToken: Cancel));
    }

    [Fact]
    public async Task RebuildAsync_EveryColumnOfEveryRowWasDamaged_GivesTheSameTableToTheLastByte()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "s", Cancel);
        const string all = "SELECT * FROM trial_rows ORDER BY study, number";
        var before = Query(place, all);
        var columns = Query(place, "SELECT name FROM pragma_table_info('trial_rows') WHERE name NOT IN ('study', 'number')");
        Query(place, $"UPDATE trial_rows SET {string.Join(", ", columns.Select(column => $"\"{column}\" = 'lost'"))}");
        Assert.NotEqual(before, Query(place, all));
        await store.RebuildAsync(cancellationToken: Cancel);
        Assert.Equal(before, Query(place, all));
        Assert.Equal(TrialState.Completed, (await store.ReadTrialAsync("s", 0, Cancel))!.State);
        Assert.Null(await store.ReadTrialAsync("s", 99, Cancel));
    }

    [Fact]
    public async Task CheckAsync_JsonIsWrittenInAnotherWay_IsTheSame()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "s", Cancel);
        Query(
            place,
            """UPDATE trial_rows SET configuration = ' {"model":"\u7f51\u7edc", "layers":8,"bias":false,"rate":0.00001}'"""
            + " WHERE number = 0");
        Assert.Empty((await store.CheckAsync(Cancel)).Problems);
        Query(place, """UPDATE trial_rows SET configuration = '{"model":"svm","layers":8,"bias":false,"rate":0.00001}' WHERE number = 0""");
        Assert.Single((await store.CheckAsync(Cancel)).Problems);
        Query(place, "UPDATE trial_rows SET configuration = 'no JSON' WHERE number = 0");
        Assert.Single((await store.CheckAsync(Cancel)).Problems);
    }

    [Fact]
    public async Task CheckAsync_EventIsMissingOrUnreadable_NamesStudyAndPosition()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "hole", Cancel);
        await Samples.AddSampleAsync(store, "garbage", Cancel);
        await Samples.AddSampleAsync(store, "sound", Cancel);
        Query(place, "DELETE FROM events WHERE study = 1 AND position = 14");
        Query(place, "UPDATE events SET body = '{\"metrics\":7}' WHERE study = 2 AND kind = 'measured'");
        Query(place, "INSERT INTO events SELECT 99, position, time, writer, sequence, token, causation, version, kind, trial, body FROM "
            + "events WHERE study = 3 AND position = 1");
        var report = await store.CheckAsync(Cancel);
        Assert.Equal(3, report.Studies);
        Assert.Collection(
            report.Problems,
            problem => Assert.Contains("id 99", problem, StringComparison.Ordinal),
            problem => Assert.Matches("^hole: .*14", problem),
            problem => Assert.Matches("^garbage: Position [0-9]+ of the journal: .*'measured' cannot be read", problem));
    }

    [Fact]
    public async Task Trials_PlainSql_AnswersAsDocumented()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("digits", Samples.Created, Cancel);
        var head = 1L;
        foreach (var (number, accuracy) in ((int, double)[])[(0, 0.5), (1, 0.75), (2, 0.25)])
            head = await Samples.RunTrialAsync(journal, head, number, accuracy, Cancel);
        await journal.AppendAsync(head, (_, _) =>
        [
            Samples.Draft(new Reserved(3, TrialOrigin.Sampler, 3, 0, 1), 1),
            Samples.Draft(new Failed(3, FailureKind.ExitCode, "exit code 3", false), 1),
            Samples.Draft(new Reserved(4, TrialOrigin.Sampler, 4, 0, 1), 1),
        ], Cancel);
        Assert.Equal(
            [
                "digits|1|0.75|{\"accuracy\":0.75}|2030-01-01T12:00:01.000Z|2030-01-01T12:00:03.000Z|2.0",
                "digits|0|0.5|{\"accuracy\":0.5}|2030-01-01T12:00:00.000Z|2030-01-01T12:00:02.000Z|2.0",
                "digits|2|0.25|{\"accuracy\":0.25}|2030-01-01T12:00:02.000Z|2030-01-01T12:00:04.000Z|2.0",
            ],
            Query(place, "SELECT study, number, value, objective_values, started_at, finished_at, duration FROM trials WHERE state = "
                + "'completed' ORDER BY value DESC"));
        Assert.Equal(["3|failed|exit-code|exit code 3"],
            Query(place, "SELECT number, state, failure_kind, failure_reason FROM trials WHERE state <> 'completed'"));
        Assert.Equal(
            ["1|tree", "2|svm"],
            Query(place, "SELECT number, value FROM trial_parameters WHERE parameter = 'model' AND number > 0 ORDER BY number"));
        Assert.Equal(["0|0.5", "1|0.75", "2|0.25"],
            Query(place, "SELECT number, value FROM measurements WHERE metric = 'accuracy' ORDER BY number"));
    }

    [Fact]
    public async Task Rows_TheSample_AreWhatItsEventsSay()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "s", Cancel);
        var rows = await store.ReadTrialsAsync("s", TrialQuery.All, Cancel);
        Assert.Equal([TrialState.Completed, TrialState.Failed, TrialState.Stopped, TrialState.Lost], rows.Select(row => row.State));
        Assert.Equal("""{"rate":1E-05,"layers":8,"model":"网络","bias":false}""", rows[0].Configuration);
        Assert.Equal("""{"accuracy":0.875,"size":1E+300}""", rows[0].Values);
        Assert.Equal("[-0.875,1E+300]", rows[0].Losses);
        Assert.Equal((0.875, -0.875, true, 27.0, 27.0),
            (rows[0].Value!.Value, rows[0].Loss!.Value, rows[0].IsFeasible, rows[0].Resource!.Value, rows[0].ResourceSpent));
        Assert.Equal((2, new Failure(FailureKind.Timeout, ""), null), (rows[1].Attempt, rows[1].Failure, rows[1].Value));
        Assert.Equal(TimeSpan.FromTicks((rows[0].FinishedAt - rows[0].StartedAt)!.Value.Ticks), rows[0].Duration);
    }

    [Fact]
    public async Task ReadTrialsAsync_Queries_FilterOrderAndPage()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        var head = 1L;
        double[] accuracies = [0.5, 0.75, 0.25, 0.75];
        for (var number = 0; number < accuracies.Length; number++)
            head = await Samples.RunTrialAsync(journal, head, number, accuracies[number], Cancel);
        await journal.AppendAsync(head, (_, _) => [Samples.Draft(new Reserved(4, TrialOrigin.Sampler, 4, 0, 1), 1)], Cancel);
        Assert.Equal([0, 1, 2, 3], await Numbers(TrialQuery.All));
        Assert.Equal([1, 3, 0, 2], await Numbers(TrialQuery.Best));
        Assert.Equal([2, 0, 3, 1], await Numbers(TrialQuery.Best with { IsDescending = true }));
        Assert.Equal([3, 0], await Numbers(TrialQuery.Best with { Offset = 1, Limit = 2 }));
        Assert.Equal([4], await Numbers(new() { States = [TrialState.Reserved] }));
        Assert.Equal([4, 3, 2, 1, 0],
            await Numbers(new() { States = [TrialState.Reserved, TrialState.Completed], Order = TrialOrder.Change, IsDescending = true }));
        Assert.Empty(await Numbers(new() { IsFeasible = false }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Numbers(new() { Limit = -1 }));

        async Task<IEnumerable<int>> Numbers(TrialQuery query) =>
            (await store.ReadTrialsAsync("s", query, Cancel)).Select(row => row.Number);
    }

    [Fact]
    public async Task BestAndSummary_AnyStudy_AgreeWithTheHistory()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        Assert.Null(await store.BestAsync("s", Cancel));
        var head = 1L;
        for (var number = 0; number < 60; number++)
            head = await Samples.RunTrialAsync(journal, head, number, number * 7 % 20 / 20.0, Cancel);
        var history = HistoryFold.Fold(await Samples.ReadAllAsync(journal, Cancel));
        var best = await store.BestAsync("s", Cancel);
        Assert.Equal(history.Best!.Number, best!.Number);
        var summary = await store.SummarizeAsync("s", Cancel);
        Assert.Equal((60, 0, head), (summary.CountOf(TrialState.Completed), summary.CountOf(TrialState.Running), summary.Events));
        Assert.Equal((history.CreatedAt, history.UpdatedAt), (summary.CreatedAt, summary.UpdatedAt));
        Assert.Equal(history.Seed, summary.Definition.Seed);
    }

    [Fact]
    public async Task BestAsync_PausedAndStoppedTrials_CountLikeInTheHistory()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        var head = await Samples.RunTrialAsync(journal, 1, 0, 0.5, Cancel);
        foreach (var (number, accuracy, end) in new (int, double, StudyEvent)[]
            { (1, 0.75, new Paused(1)), (2, 0.875, new Finished(2, Stopped: true)), (3, 1, new Failed(3, FailureKind.Error, "no", false)) })
        {
            head = await journal.AppendAsync(head, (at, _) =>
            [
                Samples.Draft(new Reserved(number, TrialOrigin.Sampler, number, 0, 1), 1),
                Samples.Draft(new Proposed(number, Samples.Space.Default(), at, 0, Samples.Definition.Sampler, "test"), 1),
                Samples.Draft(new Started(number, 1), 1),
                Samples.Draft(new Measured(number, Measurement.Of("accuracy", accuracy)), 1),
                Samples.Draft(end, 1),
            ], Cancel);
            var history = HistoryFold.Fold(await Samples.ReadAllAsync(journal, Cancel));
            Assert.Equal(Math.Min(number, 2), history.Best?.Number);
            Assert.Equal(history.Best?.Number, (await store.BestAsync("s", Cancel))?.Number);
        }
    }

    [Fact]
    public void BestOf_AMeanOverInstances_TakesCompletedTrialsOnly()
    {
        var problem = Samples.Definition.Problem;
        Assert.Equal(
            [TrialState.Completed, TrialState.Stopped, TrialState.Paused], TrialQuery.BestOf(problem).States);
        var mean = new Problem(problem.Space, [new Objective("loss") { Reduction = Reduction.MeanOverInstances }]);
        Assert.Equal([TrialState.Completed], TrialQuery.BestOf(mean).States);
    }

    [Fact]
    public async Task ReadTrialEventsAsync_TrialOfTheSample_AreItsEventsInTheRightSpace()
    {
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: Cancel);
        var journal = await Samples.AddSampleAsync(store, "s", Cancel);
        var all = await Samples.ReadAllAsync(journal, Cancel);
        for (var trial = 0; trial < 5; trial++)
        {
            var expected = all.Where(journalEvent => journalEvent.Trial == trial).Select(journalEvent => journalEvent.Position);
            var found = await store.ReadTrialEventsAsync("s", trial, Cancel);
            Assert.Equal(expected, found.Select(journalEvent => journalEvent.Position));
            foreach (var proposed in found.Select(journalEvent => journalEvent.Payload).OfType<Proposed>())
                Assert.Equal(trial >= 2 ? 6 : 5, proposed.Configuration.Space.Dimensions);
        }

        Assert.Empty(await store.ReadTrialEventsAsync("s", 99, Cancel));
    }

    private static List<string> Query(TemporaryPlace place, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={place.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is double number
                ? number.ToString("0.0###", System.Globalization.CultureInfo.InvariantCulture)
                : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture));
            lines.Add(string.Join('|', fields));
        }

        return lines;
    }
}
