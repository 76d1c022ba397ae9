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
internal sealed class StudyLog : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly StudyOptions _options;
    private readonly object _sync = new();
    private readonly Recorder _recorder;
    private List<PendingOperation> _queue = [];
    private bool _isBusy;
    private bool _isStale = true;
    private HistoryFold _fold = new();
    private ISampler _sampler = null!;
    private MethodDescriptor? _samplerName;
    private TaskCompletionSource? _change;
    private long _sequence;
    private Exception? _crash;

    internal StudyLog(IJournal journal, StudyOptions options, WriterIdentity writer)
    {
        (_journal, _options, Writer) = (journal, options, writer);
        _recorder = new(this);
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

    internal long NextSequence() => ++_sequence;

    /// <summary>Carries out an operation with the journal held and the history complete, and writes what it recorded.</summary>
    internal ValueTask<T> CommitAsync<T>(Func<Recorder, T> operation)
    {
        if (_crash is not null)
            return ValueTask.FromException<T>(_crash);
        var pending = new PendingOperation<T>(operation);
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
    internal async ValueTask PullAsync() => await CommitAsync(static _ => true).ConfigureAwait(false);

    internal void Observe(in JournalEvent journalEvent)
    {
        _fold.Apply(journalEvent);
        Scheduler.Observe(journalEvent, _fold.Current);
        Feed?.Add(journalEvent);

        // A new sampler learns from the whole journal, so it is derived from the beginning.
        if (journalEvent.Payload is SamplerChanged)
            _isStale = true;
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

    public async ValueTask DisposeAsync() => await _journal.DisposeAsync().ConfigureAwait(false);

    private async ValueTask<T> LeadAsync<T>(PendingOperation<T> own)
    {
        await RunAsync([own]).ConfigureAwait(false);
        List<PendingOperation>? next = null;
        lock (_sync)
        {
            if (_queue.Count == 0)
                _isBusy = false;
            else
                (next, _queue) = (_queue, []);
        }

        // The caller has what it came for; the others' work goes on without it.
        if (next is not null)
            _ = Task.Run(() => LeadOthersAsync(next));
        return own.Result();
    }

    private async Task LeadOthersAsync(List<PendingOperation> batch)
    {
        while (true)
        {
            await RunAsync(batch).ConfigureAwait(false);
            lock (_sync)
            {
                if (_queue.Count == 0)
                {
                    _isBusy = false;
                    return;
                }

                (batch, _queue) = (_queue, []);
            }
        }
    }

    private async ValueTask RunAsync(IReadOnlyList<PendingOperation> batch)
    {
        var hasDecided = false;
        var before = 0L;
        try
        {
            if (_isStale)
                await DeriveAsync().ConfigureAwait(false);
            before = History.Position;
            var events = Committed is null ? null : new List<JournalEvent>();
            await _journal.AppendAsync(before, Decide, CancellationToken.None).ConfigureAwait(false);
            Announce(before, events);

            IReadOnlyList<EventDraft> Decide(long head, IReadOnlyList<JournalEvent> tail)
            {
                hasDecided = true;
                for (var i = 0; i < tail.Count; i++)
                {
                    Observe(tail[i]);
                    events?.Add(tail[i]);
                }

                _recorder.Begin(_options.Clock.GetUtcNow());
                foreach (var operation in batch)
                    operation.Execute(_recorder);
                for (var i = 0; events is not null && i < _recorder.Drafts.Count; i++)
                    events.Add(_recorder.Drafts[i].At(head + 1 + i));
                return _recorder.Drafts;
            }
        }
        catch (Exception exception)
        {
            _isStale |= hasDecided;
            foreach (var operation in batch)
                operation.Fail(exception);
            return;
        }

        foreach (var operation in batch)
            operation.Complete();
    }

    private void Announce(long before, List<JournalEvent>? events)
    {
        if (History.Position == before)
            return;
        if (events is not null)
        {
            foreach (var journalEvent in events)
                Committed?.Invoke(journalEvent, History);
        }

        TaskCompletionSource? signal;
        lock (_sync)
            (signal, _change) = (_change, null);
        signal?.SetResult();
    }

    /// <summary>Reads the whole journal and makes everything that is derived from it anew.</summary>
    private async ValueTask DeriveAsync()
    {
        do
        {
            _samplerName = _fold.Current.Position == 0 ? null : _fold.Current.Sampler;
            _fold = new();
            Feed = null;
            await foreach (var journalEvent in _journal.ReadAsync(0, CancellationToken.None).ConfigureAwait(false))
            {
                if (_fold.Current.Position == 0)
                    Create(journalEvent);
                Observe(journalEvent);
            }

            if (_fold.Current.Position == 0)
                throw new JournalException(JournalFault.Damaged, $"The journal of the study '{_journal.Study}' is empty. Delete the study and create it again.");
        }
        while (_samplerName != _fold.Current.Sampler);
        _isStale = false;
    }

    private void Create(in JournalEvent first)
    {
        if (first.Payload is not StudyCreated { Definition: var definition })
            throw new JournalException(JournalFault.Damaged, $"The journal of the study '{_journal.Study}' does not begin with its creation. Restore the store from a copy.");
        if (_options.Space is { } space)
            definition.Problem.Space.BindConstraints(space);
        var context = new MethodContext(definition.Problem, definition.Seed, definition.Budget);
        _samplerName ??= definition.Sampler;
        _sampler = _options.Catalog.CreateSampler(_samplerName, context);
        Scheduler = _options.Catalog.CreateScheduler(definition.Scheduler, context);
        if (_sampler.ReadsHistory)
            Feed = new(_sampler);
    }
}
