using Attune.Numerics;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Writing;

/// <summary>
/// Everything that one store writes, in the order of arrival. Whoever finds the queue idle serves it; all that waits when the write lock
/// is had goes into one transaction, so that concurrent callers share one commit. A lock held by a program that does not queue is asked for
/// again after random sleeps that grow to a bound.
/// </summary>
internal sealed class WriteQueue(Database database, SqliteStoreOptions options) : IDisposable
{
    private const double FirstSleep = 0.5;
    private const double LongestSleep = 8;

    // Long enough not to lose the place in the queue of a slow disk, short enough to notice that nobody wants the turn any more.
    private static readonly TimeSpan LongestQueuing = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Queue<WriteRequest> _waiting = new();
    private readonly List<WriteRequest> _batch = [];
    private readonly WriteTurn _turn = new(database, options.Time, options.Queues);
    private RandomStream _random = RandomKey.FromSeed((ulong)Environment.ProcessId << 32 ^ (ulong)options.Time.GetTimestamp())
        .CreateStream();
    private Task _service = Task.CompletedTask;
    private bool _isServing;
    private bool _isClosed;

    /// <summary>Whether nobody is served at the moment.</summary>
    internal bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_isServing;
        }
    }

    internal ValueTask<T> RunAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(cancellationToken);
        var serve = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(SqliteStore));
            _waiting.Enqueue(request);
            if (!_isServing)
                serve = _isServing = true;
        }

        if (serve)
            _service = ServeAsync();
        if (!request.Task.IsCompleted)
            request.CancelBy(cancellationToken);
        return new(request.Task);
    }

    /// <summary>Refuses new requests and waits until the last transaction has ended.</summary>
    internal async ValueTask CloseAsync()
    {
        while (true)
        {
            Task service;
            lock (_gate)
            {
                _isClosed = true;
                if (!_isServing)
                    return;
                service = _service;
            }

            await service.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        database.Dispose();
    }

    private async Task ServeAsync()
    {
        var since = options.Time.GetTimestamp();
        var patience = TimeSpan.Zero;
        var sleep = FirstSleep;
        while (true)
        {
            var outcome = HasWaiting() ? Serve(patience) : WriteTurn.Outcome.Taken;
            if (outcome == WriteTurn.Outcome.Taken)
            {
                since = options.Time.GetTimestamp();
                sleep = FirstSleep;
            }
            else if (options.Time.GetElapsedTime(since) > options.BusyLimit)
            {
                TakeBatch();
                FailAll(StoreFaults.Waited(database.Path, options.BusyLimit));
            }

            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isServing = false;
                    return;
                }
            }

            if (outcome == WriteTurn.Outcome.Locked)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(sleep * (0.5 + _random.NextDouble())), options.Time).ConfigureAwait(false);
                sleep = Math.Min(LongestSleep, sleep * 1.5);
            }

            // The first caller is kept neither to wait nor to serve others; here is a thread that may wait.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            patience = options.BusyLimit < LongestQueuing ? options.BusyLimit : LongestQueuing;
        }
    }

    /// <summary>One transaction, on one thread from beginning to end.</summary>
    private WriteTurn.Outcome Serve(TimeSpan patience)
    {
        try
        {
            var outcome = _turn.TryTake(patience);
            if (outcome == WriteTurn.Outcome.Taken)
            {
                try
                {
                    TakeBatch();
                    Commit();
                }
                finally
                {
                    _turn.Release();
                }
            }

            return outcome;
        }
        catch (Exception exception)
        {
            // The transaction could not even begin.
            TakeBatch();
            FailAll(exception);
            return WriteTurn.Outcome.Taken;
        }
    }

    private bool HasWaiting()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var request))
            {
                if (request.IsWaiting)
                    return true;
                _waiting.Dequeue();
            }

            return false;
        }
    }

    private void TakeBatch()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var request))
            {
                if (request.TryTake())
                    _batch.Add(request);
            }
        }
    }

    private void Commit()
    {
        try
        {
            for (var i = 0; i < _batch.Count; i++)
            {
                if (TryDecide(_batch[i]))
                    _batch[i].Write(database);
                else
                    _batch.RemoveAt(i--);
            }

            options.BeforeWrite?.Invoke("COMMIT");
            database["COMMIT"].Run();
        }
        catch (Exception exception)
        {
            database.Rollback();
            foreach (var request in _batch)
                request.Undo();
            FailAll(exception);
            return;
        }

        foreach (var request in _batch)
            request.Complete();
        _batch.Clear();
    }

    private bool TryDecide(WriteRequest request)
    {
        try
        {
            request.Decide(database);
            return true;
        }
        catch (Exception exception) when (database.IsInTransaction)
        {
            database.ResetStatements();
            request.Fail(exception);
            return false;
        }
    }

    private void FailAll(Exception exception)
    {
        foreach (var request in _batch)
            request.Fail(exception);
        _batch.Clear();
    }
}
