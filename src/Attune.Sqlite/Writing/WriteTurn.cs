using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>
/// The order in which the processes of one machine take SQLite's write lock. That lock knows no order, so whoever just released it takes it
/// again before a sleeping process wakes, and SQLite's own busy handling starves whole processes. A mutex shared by name lets them queue
/// instead: the system wakes the next one at once. It brings order alone. Safety is SQLite's: where the mutex is not to be had, or another
/// program writes, the lock is simply asked for again.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private const int QuickTries = 8;
    private const int SpinsBetween = 400;

    private readonly Database _database;
    private readonly Mutex? _mutex;

    internal WriteTurn(Database database, bool queues)
    {
        _database = database;
        var identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database.Path)))[..32];
        _mutex = queues ? TryOpen($"Global\\attune-{identity}") : null;
    }

    internal enum Outcome
    {
        /// <summary>A transaction that holds the write lock has begun; <see cref="Release"/> is due, on the same thread.</summary>
        Taken,

        /// <summary>Another process has its turn.</summary>
        NotYet,

        /// <summary>Something that does not queue holds the lock.</summary>
        Locked,
    }

    /// <summary>Tries to begin a transaction that holds the write lock.</summary>
    /// <param name="patience">How long to block this thread in the queue; zero not to block.</param>
    internal Outcome TryTake(TimeSpan patience)
    {
        if (!Enter(patience))
            return Outcome.NotYet;
        var isTaken = false;
        try
        {
            for (var attempt = 0; !isTaken && attempt < QuickTries; attempt++)
            {
                if (attempt > 0)
                    Thread.SpinWait(SpinsBetween);
                isTaken = _database["BEGIN IMMEDIATE"].TryRun();
            }

            return isTaken ? Outcome.Taken : Outcome.Locked;
        }
        finally
        {
            if (!isTaken)
                Release();
        }
    }

    /// <summary>Lets the next process have its turn. The transaction has ended.</summary>
    internal void Release() => _mutex?.ReleaseMutex();

    public void Dispose() => _mutex?.Dispose();

    private bool Enter(TimeSpan patience)
    {
        try
        {
            return _mutex?.WaitOne(patience) ?? true;
        }
        catch (AbandonedMutexException)
        {
            // The process whose turn it was is dead. SQLite takes back what it had begun.
            return true;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Without the mutex, for whatever reason, appends only take turns less evenly.")]
    private static Mutex? TryOpen(string name)
    {
        try
        {
            return new Mutex(initiallyOwned: false, name);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
