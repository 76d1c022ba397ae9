using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>
/// The order in which the processes of one machine take SQLite's write lock. That lock knows no order, so whoever just released it takes it
/// again before a sleeping process wakes, and SQLite's own busy handling starves whole processes. Two mutexes shared by name bring order:
/// one is the turn, the other the place of the next in the queue. Whoever came through the queue may take the turn again for a while
/// without queueing, because a change of process costs more than an append; then it must queue behind whoever waits. So nobody waits for
/// longer than the others' whiles. They bring order alone. Safety is SQLite's: where they are not to be had, or another program writes, the
/// lock is simply asked for again.
/// </summary>
internal sealed class WriteTurn : IDisposable
{
    private const int QuickTries = 8;
    private const int SpinsBetween = 400;

    // Dozens of appends where only the process must survive; one or a few where each waits for the disk.
    private static readonly TimeSpan While = TimeSpan.FromMilliseconds(10);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly Mutex? _turn;
    private readonly Mutex? _next;
    private long _queuedAt;

    internal WriteTurn(Database database, TimeProvider time, bool queues)
    {
        (_database, _time) = (database, time);
        var identity = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database.Path)))[..32];
        _turn = queues ? TryOpen($"Global\\attune-{identity}-turn") : null;
        _next = _turn is null ? null : TryOpen($"Global\\attune-{identity}-next");
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
    internal void Release() => _turn?.ReleaseMutex();

    public void Dispose()
    {
        _turn?.Dispose();
        _next?.Dispose();
    }

    private bool Enter(TimeSpan patience)
    {
        if (_time.GetElapsedTime(_queuedAt) < While && Wait(_turn, TimeSpan.Zero))
            return true;
        if (!Wait(_next, patience))
            return false;
        try
        {
            if (!Wait(_turn, patience))
                return false;
            _queuedAt = _time.GetTimestamp();
            return true;
        }
        finally
        {
            _next?.ReleaseMutex();
        }
    }

    private static bool Wait(Mutex? mutex, TimeSpan patience)
    {
        try
        {
            return mutex?.WaitOne(patience) ?? true;
        }
        catch (AbandonedMutexException)
        {
            // The process whose turn or place it was is dead. SQLite takes back what it had begun.
            return true;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Without a mutex, for whatever reason, appends only take turns less evenly.")]
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
