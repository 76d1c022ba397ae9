namespace Attune.Sqlite;

/// <summary>How a SQLite store is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// What an append survives; <see cref="Durability.Process"/> by default. Each process decides it for its own appends.
    /// </summary>
    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>Whether a missing file, and its folder, is made; yes by default.</summary>
    public bool Create { get; init; } = true;

    /// <summary>How long an append waits for its turn to write before it gives up; 30 seconds by default, positive.</summary>
    public TimeSpan BusyLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a waiting reader looks for events of other processes; 25 milliseconds by default, positive.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>The clock of all waiting; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether writers queue by named mutexes; tests do without them.</summary>
    internal bool Queues { get; init; } = true;

    /// <summary>SQL that the writing connection runs when it opens, by which tests make the disk full or read-only.</summary>
    internal string? WriterSetup { get; init; }

    /// <summary>Called before every statement that writes, by which tests end a transaction at any place.</summary>
    internal Action<string>? BeforeWrite { get; init; }

    internal void Check()
    {
        if (!Enum.IsDefined(Durability))
            throw new ArgumentException($"Durability is {Durability}; allowed are Process and Power.", nameof(Durability));
        if (BusyLimit <= TimeSpan.Zero)
            throw new ArgumentException($"BusyLimit is {BusyLimit}; it must be positive.", nameof(BusyLimit));
        if (PollInterval <= TimeSpan.Zero)
            throw new ArgumentException($"PollInterval is {PollInterval}; it must be positive.", nameof(PollInterval));
        if (Time is null)
            throw new ArgumentException("Time is null; give a clock.", nameof(Time));
    }
}
