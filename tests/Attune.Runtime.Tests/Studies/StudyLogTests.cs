using Attune.Events;
using Attune.Hosting;
using Attune.Journals;
using Attune.Studies;

namespace Attune.Runtime.Tests.Studies;

public sealed class StudyLogTests
{
    [Fact]
    public async Task CommitAsync_StoreFailsTwiceAtOnce_EveryEventIsAnnouncedOnce()
    {
        await using var lab = new Lab();
        var store = new FailingStore(lab.Store);
        await (await Study.CreateAsync(store, Lab.Name, Lab.Define(), lab.Options(), Lab.Cancel)).DisposeAsync();
        await using var log = await OpenAsync(lab, store);
        var heard = new List<long>();
        log.Committed += (journalEvent, _) => heard.Add(journalEvent.Position);
        await log.CommitAsync(static recorder => recorder.Append(new Ticked()));
        store.FailuresAfter = 1;
        await Assert.ThrowsAsync<JournalException>(async () => await log.CommitAsync(static recorder => recorder.Append(new Ticked())));

        // Now everything is derived anew, and what is found there cannot be announced yet.
        store.FailuresAtOnce = 1;
        await Assert.ThrowsAsync<JournalException>(async () => await log.CommitAsync(static recorder => recorder.Append(new Ticked())));
        await log.CommitAsync(static _ => true);
        Assert.Equal([2, 3], heard);
    }

    private static async Task<StudyLog> OpenAsync(Lab lab, FailingStore store)
    {
        var host = lab.Host.Start();
        var writer = new WriterIdentity("log", host.Host, host.ProcessId, host.ProcessStart, Fingerprint.Current);
        var log = new StudyLog(await store.OpenAsync(Lab.Name, Lab.Cancel), lab.Options(host), writer);
        await log.PullAsync();
        return log;
    }
}
