using Attune.Sqlite;

namespace Snippets;

public sealed class Stores
{
    [Fact]
    public async Task Store_Opens()
    {
        #region store
        await using var store = await SqliteStore.OpenAsync("studies.db", new() { Durability = Durability.Power });
        #endregion

        Assert.Empty(await store.ListAsync(TestContext.Current.CancellationToken));
    }
}
