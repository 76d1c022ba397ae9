using Attune.Events;
using Attune.Hosting;
using Attune.Studies;

namespace Attune.Runtime.Tests.Studies;

public sealed class TurnTakerTests
{
    [Fact]
    public async Task Take_ManySurvivorsWereEnded_RemembersNoneOfTrialsThatEnded()
    {
        await using var lab = new Lab();
        await (await lab.CreateAsync()).DisposeAsync();
        var host = lab.Host.Start();
        var writer = new WriterIdentity("log", host.Host, host.ProcessId, host.ProcessStart, Fingerprint.Current);
        var journal = await lab.Store.OpenAsync(Lab.Name, Lab.Cancel);
        await using var log = new StudyLog(journal, lab.Options(host), writer);
        var turns = new TurnTaker(new(journal.Leases, lab.Clock, host, writer, TimeSpan.FromMinutes(1)), host.Host);
        for (var number = 0; number < 50; number++)
        {
            var launched = new Launched(number, host.Host, 1_000 + number, 1);
            await log.CommitAsync(recorder =>
            {
                recorder.Append(new Reserved(number, TrialOrigin.Sampler, number, 0, 1), token: 1);
                recorder.Append(new Proposed(number, Lab.Space.Default(), 0, 0, null, "f"), token: 1);
                recorder.Append(new Started(number, 1), token: 1);
                recorder.Append(launched, token: 1);
                return recorder.Append(new Lost(number, "gone", WillRetry: true), token: 1);
            });
            Assert.Equal(new Turn.EndSurvivor(launched), await TakeAsync());
            turns.HasEnded(launched);
            Assert.Equal(number, Assert.IsType<Turn.Run>(await TakeAsync()).Assignment.Trial);
            Assert.Equal(1, turns.EndedCount);
            await log.CommitAsync(recorder => recorder.Append(new Failed(number, FailureKind.Cancelled, "enough", WillRetry: false), token: 2));
        }

        ValueTask<Turn> TakeAsync() => log.CommitAsync(recorder => turns.Take(recorder, 1, log.FreeSampler));
    }

    [Fact]
    public async Task AskAsync_ManyTrialsHeldAndTold_RemembersFewOfThem()
    {
        await using var lab = new Lab();
        await using var study = await lab.CreateAsync();
        var kept = (await study.AskAsync(Timeout.InfiniteTimeSpan, Lab.Cancel))!;
        for (var i = 0; i < 5 * Study.FewHeld; i++)
        {
            var held = (await study.AskAsync(Timeout.InfiniteTimeSpan, Lab.Cancel))!;
            await study.TellAsync(held, 1, Lab.Cancel);
            Assert.True(study.HeldCount <= Study.FewHeld);
        }

        // What is still held stays with its asker when the study is closed here.
        await study.DisposeAsync();
        await using var again = await lab.OpenAsync();
        Assert.Equal(TrialState.Running, (await again.SnapshotAsync(Lab.Cancel)).Trials[kept.Trial].State);
    }
}
