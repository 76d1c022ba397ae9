using System.Diagnostics;
using System.Globalization;
using Attune.Histories;

namespace Attune.Sqlite.Tests;

public sealed class SeveralProcessesTests
{
    private const int Processes = 4;
    private const int Killed = 2;
    private const int Events = 500;
    private const int KilledAfter = 100;

    [Fact]
    public async Task Append_FourProcessesOfWhichTwoAreKilled_LosesNothingAndTheOthersFinish()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var place = new TemporaryPlace();
        await using var store = await place.Open(cancellationToken: cancel);
        var journal = await store.CreateAsync("s", Samples.Created, cancel);
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Processes).Select(i => RunAsync(place.File, i, i < Killed, cancel)));

        var events = await Samples.ReadAllAsync(journal, cancel);
        var history = HistoryFold.Fold(events);
        Assert.Equal(events.Count - 1, history.Trials.Count);
        for (var i = 0; i < Processes; i++)
        {
            var own = events.Where(journalEvent => journalEvent.Writer == Name(i)).ToList();
            Assert.Equal(Enumerable.Range(1, own.Count).Select(sequence => (long)sequence),
                own.Select(journalEvent => journalEvent.Sequence));
            foreach (var (sequence, position) in acknowledged[i])
                Assert.Equal((Name(i), sequence), (events[(int)position - 1].Writer, events[(int)position - 1].Sequence));

            // One append may have been finished whose acknowledgement died with the process.
            Assert.InRange(own.Count, acknowledged[i].Count, i < Killed ? acknowledged[i].Count + 1 : acknowledged[i].Count);
            Assert.True(i < Killed ? acknowledged[i].Count >= KilledAfter : acknowledged[i].Count == Events);
        }

        Assert.All(events.Skip(1), journalEvent => Assert.Equal(journalEvent.Position - 1, journalEvent.Causation));
        Assert.Empty((await store.CheckAsync(cancel)).Problems);
    }

    private static string Name(int worker) => string.Create(CultureInfo.InvariantCulture, $"worker {worker}");

    private static async Task<List<(long Sequence, long Position)>> RunAsync(string path, int worker, bool kill, CancellationToken cancel)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Attune.Sqlite.Tests.Worker" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(
            program, [path, Name(worker), Events.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var acknowledged = new List<(long, long)>();
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            // The last line of a killed process may be cut off.
            if (line.Split(' ') is [var sequence, var position] && position.Length > 0)
                acknowledged.Add((long.Parse(sequence, CultureInfo.InvariantCulture), long.Parse(position, CultureInfo.InvariantCulture)));
            if (kill && acknowledged.Count == KilledAfter)
                process.Kill();
        }

        await process.WaitForExitAsync(cancel);
        Assert.Equal(kill, process.ExitCode != 0);
        return acknowledged;
    }
}
