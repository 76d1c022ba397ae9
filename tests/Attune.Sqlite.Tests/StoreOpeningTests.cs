using Attune.Journals;
using Attune.Sqlite.Connections;
using Microsoft.Data.Sqlite;

namespace Attune.Sqlite.Tests;

public sealed class StoreOpeningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_MissingFileAndFolder_MakesBoth()
    {
        await using var place = new TemporaryPlace();
        var path = Path.Combine(place.Folder, "deep", "er", "new study ä.db");
        await using (var store = await SqliteStore.OpenAsync(path, cancellationToken: Cancel))
            Assert.Equal(path, store.Location);
        Assert.Equal([Schema.ApplicationId, Schema.Format], Pragmas(path));
    }

    [Fact]
    public async Task OpenAsync_MissingFileThatMayNotBeMade_SaysSoAndMakesNothing()
    {
        await using var place = new TemporaryPlace(new() { Create = false });
        await Refused(place, JournalFault.Unavailable, "There is no store");
        Assert.False(File.Exists(place.File));
    }

    [Fact]
    public async Task OpenAsync_FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        await using var place = new TemporaryPlace();
        var text = string.Concat(Enumerable.Repeat("study: digits\n", 200));
        await File.WriteAllTextAsync(place.File, text, Cancel);
        await Refused(place, JournalFault.Damaged, "is not a SQLite database");
        Assert.Equal(text, await File.ReadAllTextAsync(place.File, Cancel));
    }

    [Fact]
    public async Task OpenAsync_DatabaseOfAnotherProgram_IsRefusedAndLeftAlone()
    {
        await using var place = new TemporaryPlace();
        Execute(place.File, "CREATE TABLE photos (id INTEGER PRIMARY KEY); PRAGMA user_version = 1");
        var before = await File.ReadAllBytesAsync(place.File, Cancel);
        await Refused(place, JournalFault.Damaged, "of another program");
        Assert.Equal(before, await File.ReadAllBytesAsync(place.File, Cancel));
    }

    [Fact]
    public async Task OpenAsync_NewerFormat_IsRefusedAndLeftAlone()
    {
        await using var place = new TemporaryPlace();
        await (await place.Open(cancellationToken: Cancel)).DisposeAsync();
        Execute(place.File, $"PRAGMA user_version = {Schema.Format + 1}");
        await Refused(place, JournalFault.NewerFormat, "Update Attune");
        Assert.Equal([Schema.ApplicationId, Schema.Format + 1], Pragmas(place.File));
    }

    [Fact]
    public async Task OpenAsync_Folder_IsRefused()
    {
        await using var place = new TemporaryPlace();
        Directory.CreateDirectory(place.File);
        await Refused(place, JournalFault.Unavailable, "is a folder");
    }

    [Fact]
    public async Task OpenAsync_PathThroughAFile_IsRefused()
    {
        await using var place = new TemporaryPlace();
        var file = Path.Combine(place.Folder, "file");
        await File.WriteAllTextAsync(file, "x", Cancel);
        var exception = await Assert.ThrowsAsync<JournalException>(
            async () => await SqliteStore.OpenAsync(Path.Combine(file, "study.db"), cancellationToken: Cancel));
        Assert.Equal(JournalFault.Unavailable, exception.Fault);
        Assert.Contains("cannot be made", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_DamagedPages_AreReportedBeforeAnythingIsLost()
    {
        await using var place = new TemporaryPlace();
        await using (var store = await place.Open(cancellationToken: Cancel))
        {
            var journal = await store.CreateAsync("s", Samples.Created, Cancel);
            for (var i = 0; i < 50; i++)
                await Samples.RunTrialAsync(journal, 1 + (5 * i), i, 0.5, Cancel);
        }

        // Everything behind the schema is overwritten, as by a failing disk.
        await using (var file = new FileStream(place.File, FileMode.Open, FileAccess.Write))
        {
            file.Seek(2 * 4096, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - (2 * 4096)).ToArray());
        }

        var exception = await Assert.ThrowsAsync<JournalException>(async () =>
        {
            await using var damaged = await place.Open(cancellationToken: Cancel);
            await damaged.ListAsync(Cancel);
        });
        Assert.Equal(JournalFault.Damaged, exception.Fault);
        Assert.Contains("backup", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_NameThatTheFileSystemRefuses_TellsTheErrorOfSqliteOnce()
    {
        await using var place = new TemporaryPlace();
        var path = Path.Combine(place.Folder, new string('x', 300));
        var exception = await Assert.ThrowsAsync<JournalException>(async () => await SqliteStore.OpenAsync(path, cancellationToken: Cancel));
        Assert.Equal(JournalFault.Unavailable, exception.Fault);
        Assert.EndsWith("you may read and write there. (SQLite error 14: unable to open database file)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_ClosedStoreInAReadOnlyFolder_IsRefusedToWhomeverThatBinds()
    {
        await using var place = new TemporaryPlace();
        await using (var store = await place.Open(cancellationToken: Cancel))
            await Samples.AddSampleAsync(store, "s", Cancel);
        Allow(place, UnixFileMode.UserRead, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // An administrator may write whatever the modes say, and Windows knows no such modes.
            if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
                await (await place.Open(cancellationToken: Cancel)).DisposeAsync();
            else
                await Refused(place, JournalFault.ReadOnly, "the file or its folder is read-only");
        }
        finally
        {
            Allow(
                place, UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(776)]
    [InlineData(1032)]
    [InlineData(1544)]
    public void Of_ErrorsOfAReadOnlyFileLogOrFolder_SayWhatToAllow(int code)
    {
        // SQLITE_READONLY and its kinds for the roll-back of a log, a file without rights, and a folder without rights (https://sqlite.org/rescode.html).
        var exception = StoreFaults.Of("/data/study.db", code, "attempt to write a readonly database");
        Assert.Equal(JournalFault.ReadOnly, exception.Fault);
        Assert.StartsWith(
            "The store '/data/study.db' cannot be written: the file or its folder is read-only. Allow writing to both", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_IllegalOption_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            async () => await SqliteStore.OpenAsync("x.db", new() { BusyLimit = TimeSpan.Zero }, Cancel));
        Assert.Contains("BusyLimit is 00:00:00", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await SqliteStore.OpenAsync("x.db", new() { PollInterval = TimeSpan.FromTicks(-1) }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await SqliteStore.OpenAsync("x.db", new() { Durability = (Durability)7 }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await SqliteStore.OpenAsync(" ", cancellationToken: Cancel));
    }

    [Theory]
    [InlineData(Durability.Process, 1L)]
    [InlineData(Durability.Power, 2L)]
    public async Task OpenAsync_Durability_IsSqlitesSynchronousSettingInAWriteAheadLog(Durability durability, long expected)
    {
        await using var place = new TemporaryPlace();
        using var database = StoreOpening.OpenWriter(place.File, new() { Durability = durability }, Schema.Migrations);
        Assert.Equal(expected, database["PRAGMA synchronous"].Scalar());
        var mode = database["PRAGMA journal_mode"];
        Assert.True(mode.Step());
        Assert.Equal("wal", mode.Text(0));
    }

    [Fact]
    public async Task OpenAsync_ManyOpenANewFileAtOnce_AllFindAStore()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var place = new TemporaryPlace();
            using var start = new Barrier(6);
            var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Cancel);
                    return StoreOpening.OpenWriter(place.File, new(), Schema.Migrations);
                },
                Cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
            foreach (var store in stores)
                store.Dispose();
            Assert.Equal([Schema.ApplicationId, Schema.Format], Pragmas(place.File));
        }
    }

    [Fact]
    public async Task OpenAsync_OlderFormat_IsMigratedOnceHoweverManyOpenIt()
    {
        await using var place = new TemporaryPlace();
        await using (var store = await place.Open(cancellationToken: Cancel))
            await Samples.AddSampleAsync(store, "s", Cancel);
        var runs = 0;
        IReadOnlyList<Action<Database>> migrations =
        [
            .. Schema.Migrations,
            database =>
            {
                Interlocked.Increment(ref runs);
                database.Execute("ALTER TABLE studies ADD COLUMN note TEXT; UPDATE studies SET note = 'migrated'");
            },
        ];
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () => await SqliteStore.OpenAsync(place.File, new(), migrations), Cancel)));
        foreach (var store in stores)
        {
            Assert.Equal(["s"], await store.ListAsync(Cancel));
            await store.DisposeAsync();
        }

        Assert.Equal(1, runs);
        Assert.Equal([Schema.ApplicationId, Schema.Format + 1], Pragmas(place.File));
        await Refused(place, JournalFault.NewerFormat, $"has format {Schema.Format + 1}");
    }

    [Fact]
    public async Task OpenAsync_MigrationFailsInTheMiddle_LeavesTheOldFormatWhole()
    {
        await using var place = new TemporaryPlace();
        await (await place.Open(cancellationToken: Cancel)).DisposeAsync();
        IReadOnlyList<Action<Database>> migrations =
            [.. Schema.Migrations, database => database.Execute("DROP TABLE trial_rows; CREATE TABLE studies (id INTEGER)")];
        await Assert.ThrowsAsync<JournalException>(async () => await SqliteStore.OpenAsync(place.File, new(), migrations));
        await using var store = await place.Open(cancellationToken: Cancel);
        await Samples.AddSampleAsync(store, "s", Cancel);
        Assert.True((await store.CheckAsync(Cancel)).IsSound);
    }

    private static void Allow(TemporaryPlace place, UnixFileMode file, UnixFileMode folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(place.File, file);
        File.SetUnixFileMode(place.Folder, folder);
    }

    private static async Task Refused(TemporaryPlace place, JournalFault fault, string message)
    {
        var exception = await Assert.ThrowsAsync<JournalException>(async () => await place.Open(cancellationToken: Cancel));
        Assert.Equal(fault, exception.Fault);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(place.File, exception.Message, StringComparison.Ordinal);
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long[] Pragmas(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return [reader.GetInt64(0), reader.GetInt64(1)];
    }
}
