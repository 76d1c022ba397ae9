using Attune.Journals;
using Attune.Sqlite.Connections;
using Attune.Sqlite.Writing;

namespace Attune.Sqlite;

/// <summary>The leases of one study in a SQLite file.</summary>
internal sealed class SqliteLeaseTable(SqliteStore store, long id, string study) : ILeaseTable
{
    public ValueTask<IReadOnlyList<Lease>> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<Lease>>(cancellationToken);
        return store.ReadAsync<IReadOnlyList<Lease>>(database =>
        {
            var leases = new List<Lease>();
            var rows = database["SELECT name, owner, beat, duration FROM leases WHERE study = ?1"].Bind(1, id);
            while (rows.Step())
                leases.Add(new(rows.Text(0), rows.Text(1), rows.Long(2), TimeSpan.FromTicks(rows.Long(3))));
            return leases;
        });
    }

    public ValueTask<bool> TryWriteAsync(Lease? expected, Lease? next, CancellationToken cancellationToken)
    {
        var name = expected?.Name ?? next?.Name
            ?? throw new ArgumentException("Either the expected lease or the next one must be given.", nameof(next));
        if (next is not null && !string.Equals(next.Name, name, StringComparison.Ordinal))
            throw new ArgumentException($"The lease '{name}' cannot be replaced by one of another name, '{next.Name}'.", nameof(next));
        return store.Queue.RunAsync(
            new WriteFunction<bool>(
                database => Find(database, name) == expected, (database, isExpected) => isExpected && Replace(database, name, next)),
            cancellationToken);
    }

    private Lease? Find(Database database, string name)
    {
        if (database["SELECT id FROM studies WHERE id = ?1"].Bind(1, id).Scalar() is null)
            throw new JournalException(JournalFault.NotFound, $"The study '{study}' was deleted from the store '{database.Path}'.");
        var row = database["SELECT owner, beat, duration FROM leases WHERE study = ?1 AND name = ?2"].Bind(1, id).Bind(2, name);
        if (!row.Step())
            return null;
        var lease = new Lease(name, row.Text(0), row.Long(1), TimeSpan.FromTicks(row.Long(2)));
        row.Reset();
        return lease;
    }

    private bool Replace(Database database, string name, Lease? next)
    {
        if (next is null)
        {
            database["DELETE FROM leases WHERE study = ?1 AND name = ?2"].Bind(1, id).Bind(2, name).Run();
            return true;
        }

        database["INSERT OR REPLACE INTO leases (study, name, owner, beat, duration) VALUES (?1, ?2, ?3, ?4, ?5)"]
            .Bind(1, id).Bind(2, name).Bind(3, next.Owner).Bind(4, next.Beat).Bind(5, next.Duration.Ticks).Run();
        return true;
    }
}
