using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Studies;

/// <summary>
/// The journal with everything derived from it: the fold, the scheduler, the sampler. Operations take turns; those that arrive while
/// one is being written share the next write (group commit). If a write fails, what was derived is thrown away and derived again.
/// </summary>
internal sealed partial class StudyLog : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly StudyOptions _options;
    private readonly object _sync = new();
    private readonly Recorder _recorder;
    private readonly AppendDecision _decide;
    private readonly List<PendingOperation> _alone = [];
    private readonly List<JournalEvent> _fresh = [];
    private readonly List<(long After, long UpTo)> _doubtful = [];
    private readonly List<(int Trial, int Token)> _unanswered = [];
    private List<PendingOperation> _batch = [];
    private List<PendingOperation> _queue = [];
    private bool _hasDecided;
    private bool _isClosed;
    private long _announced;
    private long _acknowledged;
    private bool _isBusy;
    private volatile bool _isStale = true;
    private HistoryFold _fold = new();
    private ISampler _sampler = null!;
    private MethodDescriptor? _samplerName;
    private TaskCompletionSource? _change;
    private long _sequence;
    private volatile Exception? _crash;

    internal StudyLog(IJournal journal, StudyOptions options, WriterIdentity writer)
    {
        (_journal, _options, Writer) = (journal, options, writer);
        _recorder = new(this);
        _decide = Decide;
    }

    internal WriterIdentity Writer { get; }

    internal IJournal Journal => _journal;

    /// <summary>The live history: read it only inside an operation.</summary>
    internal History History => _fold.Current;

    internal IScheduler Scheduler { get; private set; } = null!;

    /// <summary>The sampler, when it reads no history.</summary>
    internal ISampler? FreeSampler => _sampler.ReadsHistory ? null : _sampler;

    /// <summary>The sampler with its own fold, when it reads history.</summary>
    internal SamplerFeed? Feed { get; private set; }

    /// <summary>Completed when something has been appended since the property was read.</summary>
    internal Task Changed
    {
        get
        {
            lock (_sync)
                return (_change ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Hears of events once they are in the journal, in order; it must be quick.</summary>
    internal event Action<JournalEvent, History>? Committed;

    /// <summary>Whether a crash point was met: nothing more is written, by whatever way.</summary>
    internal bool HasCrashed => _crash is not null;

    /// <summary>
    /// Trials that the journal gave to this object by writes that seemed to fail, so that nobody was told. Read and cleared inside an
    /// operation.
    /// </summary>
    internal List<(int Trial, int Token)> Unanswered => _unanswered;

    /// <summary>The position of the last proposal of a sampler; 0 for none. Read it only inside an operation.</summary>
    internal long LastProposal { get; private set; }

    /// <summary>The position up to which the journal has been taken in and announced.</summary>
    internal long Known => Volatile.Read(ref _announced);

    internal long NextSequence() => ++_sequence;

    /// <summary>Has everything derived again before the next operation, because a sampler failed half-way.</summary>
    internal void Distrust() => _isStale = true;

    /// <summary>Carries out an operation with the journal held and the history complete, and writes what it recorded.</summary>
    internal ValueTask<T> CommitAsync<T>(Func<Recorder, T> operation) => RunAsync(new PendingOperation<T>(operation, isReadOnly: false));

    /// <summary>
    /// Carries out an operation that records nothing, after what others have appended was read; the journal is not held for it.
    /// </summary>
    internal ValueTask<T> ReadAsync<T>(Func<Recorder, T> operation) => RunAsync(new PendingOperation<T>(operation, isReadOnly: true));

    private ValueTask<T> RunAsync<T>(PendingOperation<T> pending)
    {
        if (_crash is { } crash)
            return ValueTask.FromException<T>(crash);
        if (Volatile.Read(ref _isClosed))
        {
            return ValueTask.FromException<T>(
                new ObjectDisposedException(nameof(Study), $"The study '{_journal.Study}' was closed here. Open it again to go on."));
        }

        lock (_sync)
        {
            if (_isBusy)
            {
                _queue.Add(pending);
                return new(pending.Follow());
            }

            _isBusy = true;
        }

        return LeadAsync(pending);
    }

    /// <summary>Takes in what others have appended.</summary>
    internal async ValueTask PullAsync() => await ReadAsync(static _ => true).ConfigureAwait(false);

    internal void Observe(in JournalEvent journalEvent)
    {
        if (journalEvent.Payload is SpaceRevised revised && _options.Space is { } space)
            revised.Space.BindConstraints(space);
        _fold.Apply(journalEvent);
        Scheduler.Observe(journalEvent, _fold.Current);
        Feed?.Add(journalEvent);
        if (Committed is not null && journalEvent.Position > _announced)
            _fresh.Add(journalEvent);

        // A new sampler learns from the whole journal, so it is derived from the beginning.
        if (journalEvent.Payload is SamplerChanged)
            _isStale = true;
        else if (journalEvent.Payload is Proposed { Sampler: not null })
            LastProposal = journalEvent.Position;
    }

    internal void Reach(string point)
    {
        if (_options.CrashPoints is not { } crashPoints)
            return;
        try
        {
            crashPoints.Reach(point);
        }
        catch (Exception exception)
        {
            // A crashed process writes nothing more, whatever its finally blocks would like.
            _crash = exception;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isClosed, true);
        await _journal.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<T> LeadAsync<T>(PendingOperation<T> own)
    {
        // Whoever leads has these to itself until it stops being busy.
        _alone.Clear();
        _alone.Add(own);
        _batch = _alone;
        await RunBatchAsync().ConfigureAwait(false);
        var hasOthers = false;
        lock (_sync)
        {
            if (_queue.Count == 0)
                _isBusy = false;
            else
                (hasOthers, _batch, _queue) = (true, _queue, []);
        }

        // The caller has what it came for; the others' work goes on without it.
        if (hasOthers)
            _ = Task.Run(LeadOthersAsync);
        return own.Result();
    }

    private async Task LeadOthersAsync()
    {
        while (true)
        {
            await RunBatchAsync().ConfigureAwait(false);
            lock (_sync)
            {
                if (_queue.Count == 0)
                {
                    _isBusy = false;
                    return;
                }

                (_batch, _queue) = (_queue, []);
            }
        }
    }

    private async ValueTask RunBatchAsync()
    {
        var batch = _batch;
        _hasDecided = false;
        try
        {
            if (_isStale)
                await DeriveAsync().ConfigureAwait(false);
            if (batch.TrueForAll(static operation => operation.IsReadOnly))
                await ReadBatchAsync().ConfigureAwait(false);
            else
                await _journal.AppendAsync(History.Position, _decide, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // What was derived rests on events that may never have been written; and what was read but not announced is to be read again.
            if (_hasDecided || _fresh.Count > 0)
                _isStale = true;
            _fresh.Clear();
            for (var i = 0; i < batch.Count; i++)
                batch[i].Fail(exception);
            return;
        }

        _acknowledged = _sequence;
        Announce();
        for (var i = 0; i < batch.Count; i++)
            batch[i].Complete();
    }

    /// <summary>Runs with the journal held: takes in what others appended, then lets every operation of the batch record.</summary>
    private List<EventDraft> Decide(long head, IReadOnlyList<JournalEvent> tail)
    {
        _hasDecided = true;
        for (var i = 0; i < tail.Count; i++)
            Observe(tail[i]);
        _recorder.Begin(_options.Clock.GetUtcNow());
        for (var i = 0; i < _batch.Count; i++)
            _batch[i].Execute(_recorder);
        return _recorder.Drafts;
    }

    /// <summary>Nobody wants to write: nobody else is kept from it either.</summary>
    private async ValueTask ReadBatchAsync()
    {
        await foreach (var journalEvent in _journal.ReadAsync(History.Position, CancellationToken.None).ConfigureAwait(false))
        {
            _hasDecided = true;
            Observe(journalEvent);
        }

        _recorder.Begin(_options.Clock.GetUtcNow());
        for (var i = 0; i < _batch.Count; i++)
            _batch[i].Execute(_recorder);
    }

    private void Announce()
    {
        if (History.Position == _announced)
            return;
        _announced = History.Position;

        // Everything here stands in the journal: whoever listens deals with its own exceptions.
        foreach (var journalEvent in _fresh)
            Committed?.Invoke(journalEvent, History);
        _fresh.Clear();
        TaskCompletionSource? signal;
        lock (_sync)
            (signal, _change) = (_change, null);
        signal?.SetResult();
    }
}
