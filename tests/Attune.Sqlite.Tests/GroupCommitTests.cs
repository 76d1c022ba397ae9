using Attune.Events;

namespace Attune.Sqlite.Tests;

public sealed class GroupCommitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_ManyWaitAtOnce_ShareOneCommitAndSeeEachOther()
    {
        await using var place = new TemporaryPlace();
        using var gate = new ManualResetEventSlim();
        var commits = 0;
        await using var store = await place.Open(new()
        {
            Durability = Durability.Power,
            BeforeWrite = what => commits += what == "COMMIT" ? 1 : 0,
        }, Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        commits = 0;
        using var entered = new ManualResetEventSlim();
        var first = Task.Run(() => journal.AppendAsync(1, (_, _) =>
        {
            entered.Set();
            gate.Wait(Cancel);
            return [Samples.Draft(new Ticked())];
        }, Cancel).AsTask(), Cancel);
        entered.Wait(Cancel);
        var others = Enumerable.Range(0, 20).Select(i => journal.AppendAsync(1, (head, tail) =>
        {
            Assert.Equal(head - 1, tail.Count);
            return [Samples.Draft(new Reserved(tail.Count - 1, TrialOrigin.Sampler, 0, 0, 1), 1)];
        }, Cancel).AsTask()).ToArray();
        gate.Set();
        Assert.Equal(2, await first);
        Assert.Equal(Enumerable.Range(3, 20).Select(i => (long)i), await Task.WhenAll(others));
        Assert.Equal(2, commits);
        Assert.Empty((await store.CheckAsync(Cancel)).Problems);
    }

    [Fact]
    public async Task DisposeAsync_AppendsWait_CarriesThemThroughAndRefusesNewOnes()
    {
        await using var place = new TemporaryPlace();
        var store = await place.Open(cancellationToken: Cancel);
        var journal = await store.CreateAsync("s", Samples.Created, Cancel);
        var appends = Enumerable.Range(0, 50).Select(_ => journal.AppendAsync(0, (_, _) => [Samples.Draft(new Ticked())], Cancel).AsTask())
            .ToArray();
        await store.DisposeAsync();
        await Task.WhenAll(appends);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await journal.AppendAsync(0, (_, _) => [], Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.ListAsync(Cancel));
        await store.DisposeAsync();
        await using var again = await place.Open(cancellationToken: Cancel);
        Assert.Equal(51, await (await again.OpenAsync("s", Cancel)).AppendAsync(0, (_, _) => [], Cancel));
    }
}
