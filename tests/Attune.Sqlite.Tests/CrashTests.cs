using Attune.Events;
using Attune.Histories;
using Attune.Testing;

namespace Attune.Sqlite.Tests;

public sealed class CrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Before every single write the files are copied as they are: what a process that is killed there leaves behind.</summary>
    [Fact]
    public async Task Kill_BeforeEveryWrite_LeavesAWholeStoreWithEverythingAcknowledged()
    {
        await using var place = new TemporaryPlace();
        var acknowledged = 0L;
        var copies = new List<(string Path, long Acknowledged, string Where)>();
        var options = new SqliteStoreOptions { BeforeWrite = Copy };
        await using (var store = await place.Open(options, Cancel))
        {
            var drafts = SampleEvents.All;
            var journal = await store.CreateAsync("s", drafts[0], Cancel);
            acknowledged = 1;
            for (var next = 1; next < drafts.Count; next += 3)
            {
                var bite = drafts.Skip(next).Take(3).ToArray();
                acknowledged = await journal.AppendAsync(acknowledged, (_, _) => bite, Cancel);
            }
        }

        Assert.True(copies.Count > SampleEvents.All.Count);
        foreach (var (path, expected, where) in copies)
        {
            await using var store = await SqliteStore.OpenAsync(path, cancellationToken: Cancel);
            var report = await store.CheckAsync(Cancel);
            Assert.True(report.IsSound, $"killed before {where} after {expected} events: {string.Join(' ', report.Problems)}");
            Assert.Equal(expected, report.Events);
            if (expected > 0)
            {
                var journal = await store.OpenAsync("s", Cancel);
                Assert.Equal(expected, HistoryFold.Fold(await Samples.ReadAllAsync(journal, Cancel)).Position);
                Assert.Equal(expected + 1,
                    await journal.AppendAsync(expected, (_, tail) => tail.Count == 0 ? [Samples.Draft(new Ticked())] : [], Cancel));
            }
        }

        void Copy(string where)
        {
            var folder = Directory.CreateDirectory(Path.Combine(place.Folder, $"copy{copies.Count}")).FullName;
            foreach (var file in (string[])[place.File, place.File + "-wal"])
            {
                using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var target = File.Create(Path.Combine(folder, Path.GetFileName(file)));
                source.CopyTo(target);
            }

            copies.Add((Path.Combine(folder, "study.db"), acknowledged, where));
        }
    }
}
