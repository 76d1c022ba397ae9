using System.Collections.Immutable;
using System.Globalization;
using Attune.Events;
using Attune.Histories;
using Attune.Hosting;
using Attune.Journals;
using Attune.Simulation;
using Attune.Studies;

namespace Attune;

/// <summary>
/// A study: the only mutable object that a user holds. Everything it knows stands in its journal, so it can be dropped at any moment
/// and opened again, also by several processes at once. Safe for several threads.
/// </summary>
public sealed partial class Study : IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMinutes(1);

    private readonly StudyOptions _options;
    private readonly StudyLog _log;
    private readonly Liveness _liveness;
    private readonly ProposerLease _proposer;
    private readonly TurnTaker _turns;
    private readonly SemaphoreSlim _joining = new(1);
    private readonly CancellationTokenSource _closing = new();
    private Task _heartbeat = Task.CompletedTask;
    private volatile bool _hasJoined;
    private readonly List<Task> _runs = [];
    private int _isDisposed;

    private Study(IJournal journal, StudyOptions options)
    {
        _options = options;
        var processes = options.Clock is SimulatedClock ? SimulatedProcesses.Instance : options.Processes;
        var writer = new WriterIdentity(
            options.Clock is SimulatedClock clock ? clock.NextWriter() : Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12],
            processes.Host, processes.ProcessId, processes.ProcessStart, Fingerprint.Current);
        _log = new(journal, options, writer);
        _liveness = new(journal.Leases, options.Clock, processes, writer, options.LeaseDuration);
        _proposer = new(_log, _liveness, options.Clock, options.LeaseDuration);
        _turns = new(_liveness, processes.Host);
    }

    /// <summary>The name of the study.</summary>
    public string Name => _log.Journal.Study;

    /// <summary>The name under which this object writes to the journal.</summary>
    public string Writer => _log.Writer.Name;

    /// <summary>Creates a study.</summary>
    /// <param name="store">Where its journal is kept.</param>
    /// <param name="name">Its name, unique in the store.</param>
    /// <param name="definition">What it is created with.</param>
    /// <param name="options">How this object works.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is blank, or an option is not legal.</exception>
    /// <exception cref="JournalException">There is one of that name already, or the store failed.</exception>
    /// <exception cref="ProblemException">The definition is not legal, or names an unknown method.</exception>
    public static async Task<Study> CreateAsync(
        IStudyStore store, string name, StudyDefinition definition, StudyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        definition.Budget.Check();
        definition.Retries.Check();

        // A method that cannot be made is refused before anything is written.
        var context = new MethodContext(definition.Problem, definition.Seed, definition.Budget);
        var canonical = definition with
        {
            Sampler = options.Catalog.CreateSampler(definition.Sampler, context).Descriptor,
            Scheduler = options.Catalog.CreateScheduler(definition.Scheduler, context).Descriptor,
        };
        var created = new EventDraft(options.Clock.GetUtcNow(), "creator", 1, 0, 0, new StudyCreated(canonical));
        var journal = await store.CreateAsync(name, created, cancellationToken).ConfigureAwait(false);
        return await FromJournalAsync(journal, options with { Space = options.Space ?? definition.Problem.Space }).ConfigureAwait(false);
    }

    /// <summary>Opens a study.</summary>
    /// <param name="store">Where its journal is kept.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">How this object works.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is blank, or an option is not legal.</exception>
    /// <exception cref="JournalException">There is none of that name, or the store failed.</exception>
    /// <exception cref="ProblemException">It names a method that the catalog does not hold.</exception>
    public static async Task<Study> OpenAsync(
        IStudyStore store, string name, StudyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return await FromJournalAsync(await store.OpenAsync(name, cancellationToken).ConfigureAwait(false), options).ConfigureAwait(false);
    }

    /// <summary>The study as the journal tells it now: what others have appended is read first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A history that stays as it is.</returns>
    public async ValueTask<History> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _log.ReadAsync(static recorder => new History(recorder.History)).ConfigureAwait(false);
    }

    /// <summary>Asks for a configuration to be tried: the next new trial takes it.</summary>
    /// <param name="values">Values by parameter name.</param>
    /// <param name="note">A remark for people; null for none.</param>
    /// <param name="useDefaults">Whether active parameters that are not named take their defaults; otherwise they are an error.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The configuration as it will be tried.</returns>
    /// <exception cref="SpaceException">The values are not legal.</exception>
    public async ValueTask<Configuration> EnqueueAsync(
        IEnumerable<KeyValuePair<string, ParameterValue>> values, string? note = null, bool useDefaults = true,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var given = values.ToImmutableArray();
        return await _log.CommitAsync(recorder =>
        {
            var configuration = recorder.History.Problem.Space.Configure(given, useDefaults);
            recorder.Append(new Enqueued(configuration, note));
            return configuration;
        }).ConfigureAwait(false);
    }

    /// <summary>Adds a finished trial that was evaluated elsewhere; samplers learn from it.</summary>
    /// <param name="values">Values by parameter name.</param>
    /// <param name="metrics">Its metrics, at full fidelity.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The trial.</returns>
    /// <exception cref="SpaceException">The values are not legal.</exception>
    /// <exception cref="ProblemException">An objective is missing, or the number of trials in the budget is reached.</exception>
    public async ValueTask<Trial> ImportAsync(
        IEnumerable<KeyValuePair<string, ParameterValue>> values, MetricValues metrics, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        cancellationToken.ThrowIfCancellationRequested();
        var given = values.ToImmutableArray();
        return await _log.CommitAsync(recorder =>
        {
            var history = recorder.History;
            if (BudgetCheck.NoNewTrial(history) == StopReason.Trials)
                throw new ProblemException($"The budget of {history.Budget.Trials} trials is reached; raise it before you import.");
            var missing = history.Problem.Objectives.FirstOrDefault(objective => !metrics.TryGet(objective.Metric, out _));
            if (missing is not null)
            {
                var names = metrics.Count == 0 ? "none" : string.Join(", ", metrics.Select(pair => pair.Key));
                throw new ProblemException($"An imported trial needs the metric '{missing.Metric}'; it has {names}.");
            }

            var configuration = history.Problem.Space.Configure(given);
            var (number, basis) = (history.Trials.Count, history.Position);
            recorder.Append(new Reserved(number, TrialOrigin.Imported, -1, 0, 1), token: 1);
            recorder.Append(new Proposed(number, configuration, basis, 0, Sampler: null, Fingerprint.Current), token: 1);
            recorder.Append(new Started(number, 1), token: 1);
            return TrialEnd.Complete(recorder, number, token: 1, metrics);
        }).ConfigureAwait(false);
    }

    /// <summary>Asks every worker of the study to start nothing more. Running again goes on.</summary>
    /// <param name="cancelRunning">Whether running trials are to be interrupted too; they run again when the study goes on.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    public async ValueTask StopAsync(bool cancelRunning = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _log.CommitAsync(recorder => recorder.Append(new StopRequested(cancelRunning))).ConfigureAwait(false);
    }

    /// <summary>Changes the budget. It holds until it is changed again, also for workers that join with the definition as it was.</summary>
    /// <param name="budget">The new budget.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="ProblemException">A limit is not legal.</exception>
    public ValueTask ChangeBudgetAsync(Budget budget, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return ChangeLimitsAsync(_ => budget, cancellationToken);
    }

    /// <summary>
    /// Changes some limits of the budget and leaves the others as they are. It holds as <see cref="ChangeBudgetAsync"/> has it.
    /// </summary>
    /// <param name="change">Gives the new budget from the present one; it must be quick.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="ProblemException">A limit is not legal.</exception>
    public async ValueTask ChangeLimitsAsync(Func<Budget, Budget> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        await _log.CommitAsync(recorder =>
        {
            var budget = change(recorder.History.Budget);
            budget.Check();
            return recorder.History.Budget == budget ? 0 : recorder.Append(new BudgetChanged(budget));
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Says which budget the study's definition names now. Only another one than it named before changes the budget: a worker that joins
    /// with the definition as it was leaves alone what was changed beside it.
    /// </summary>
    /// <param name="budget">The budget of the definition.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="ProblemException">A limit is not legal.</exception>
    public async ValueTask DeclareBudgetAsync(Budget budget, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        budget.Check();
        cancellationToken.ThrowIfCancellationRequested();
        await _log.CommitAsync(recorder => recorder.History.DeclaredBudget == budget
            ? 0 : recorder.Append(new BudgetChanged(budget) { IsDeclared = true })).ConfigureAwait(false);
    }

    /// <summary>Lets another sampler propose from now on; it learns from all trials before.</summary>
    /// <param name="sampler">Name, version and options.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="ProblemException">The catalog does not hold it, or the options do not fit.</exception>
    public async ValueTask ChangeSamplerAsync(MethodDescriptor sampler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        cancellationToken.ThrowIfCancellationRequested();
        await _log.CommitAsync(recorder =>
        {
            var history = recorder.History;
            var canonical = _options.Catalog.CreateSampler(sampler, new(history.Problem, history.Seed, history.Budget)).Descriptor;
            return history.Sampler == canonical ? 0 : recorder.Append(new SamplerChanged(canonical));
        }).ConfigureAwait(false);
    }

    /// <summary>Revises the search space: ranges may widen, choices and parameters may be added.</summary>
    /// <param name="space">The new space.</param>
    /// <param name="fill">The values that earlier trials take for new parameters.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <exception cref="SpaceException">The revision is not legal.</exception>
    public async ValueTask ReviseSpaceAsync(
        SearchSpace space, IReadOnlyDictionary<string, ParameterValue>? fill = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(space);
        cancellationToken.ThrowIfCancellationRequested();
        var values = (fill ?? ImmutableDictionary<string, ParameterValue>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal);
        await _log.CommitAsync(recorder =>
        {
            space.CheckRevisionOf(recorder.History.Problem.Space, values);
            return recorder.Append(new SpaceRevised(space, values));
        }).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the work of this object: runs are cancelled politely and waited for, and running trials that nobody else holds are given
    /// back, to be run again by whoever opens the study next.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(CurrentRuns()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            if (_hasJoined && !_log.HasCrashed)
                await LeaveAsync().ConfigureAwait(false);
        }
        finally
        {
            await _log.DisposeAsync().ConfigureAwait(false);
            _closing.Dispose();
            _proposer.Dispose();
            _joining.Dispose();
        }
    }

    private static async Task<Study> FromJournalAsync(IJournal journal, StudyOptions options)
    {
        try
        {
            var study = new Study(journal, options);
            await study._log.PullAsync().ConfigureAwait(false);
            return study;
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
