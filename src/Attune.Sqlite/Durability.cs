namespace Attune.Sqlite;

/// <summary>What an append survives once it has returned.</summary>
public enum Durability
{
    /// <summary>
    /// The death of the process at any moment (<c>PRAGMA synchronous = NORMAL</c>). After a loss of power or a crash of the operating
    /// system the store is whole, but the last appends may be missing. The default.
    /// </summary>
    Process,

    /// <summary>
    /// The loss of power too (<c>PRAGMA synchronous = FULL</c>): every commit waits for the disk. Appends of one process that arrive
    /// together share one commit.
    /// </summary>
    Power,
}
