using System.Diagnostics;
using Attune.Events;
using Attune.Sqlite;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Processes.Tests;

public sealed class HoldTests : IDisposable
{
    internal static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attune-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AskAsync_HeldByAProcessThatEnded_IsKeptForItsTimeByTheObserversClockThenRunsAgain()
    {
        var path = Path.Combine(_folder.FullName, "study.db");
        await using var store = await SqliteStore.OpenAsync(path, cancellationToken: Cancel);
        var methods = LastLossSampler.Methods;
        var space = new SearchSpaceBuilder().Float("x", -5, 10).Build();
        var definition = new StudyDefinition(
            new(space, [new("loss")]), 11, methods.DescribeSampler("random"), methods.DescribeScheduler("run-to-completion"));
        await (await Study.CreateAsync(store, Worker.Study, definition, Worker.Options, Cancel)).DisposeAsync();
        Assert.Equal("ready\n0\n", await RunHolderAsync(path));

        var clock = new ManualClock();
        await using var study = await Study.OpenAsync(store, Worker.Study, Worker.Options with { Clock = clock }, Cancel);
        Assert.Equal(1, (await study.AskAsync(cancellationToken: Cancel))!.Trial);
        var since = clock.GetUtcNow();
        while ((await study.SnapshotAsync(Cancel)).AwaitingRetry.Count == 0)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await using var journal = await store.OpenAsync(Worker.Study, Cancel);
        var lost = (await ReplayLaw.ReadAsync(journal, Cancel)).Single(e => e.Payload is Lost);
        Assert.Equal(0, lost.Trial);
        Assert.True(lost.Time - since >= Hold, $"It was given away after {lost.Time - since}.");
        var again = (await study.AskAsync(cancellationToken: Cancel))!;
        Assert.Equal((0, 2), (again.Trial, again.Token));
    }

    private static async Task<string> RunHolderAsync(string path)
    {
        using var holder = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(HoldTests).Assembly.Location, "worker", path, "hold" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await holder.StandardInput.WriteLineAsync("go".AsMemory(), Cancel);
        holder.StandardInput.Close();
        var output = await holder.StandardOutput.ReadToEndAsync(Cancel);
        await holder.WaitForExitAsync(Cancel);
        return output.ReplaceLineEndings("\n");
    }
}
