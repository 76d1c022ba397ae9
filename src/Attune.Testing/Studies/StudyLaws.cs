using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;

namespace Attune.Testing.Studies;

/// <summary>
/// What holds of every study, whatever its store, sampler and scheduler: crashes change nothing, and every trial ends exactly once.
/// </summary>
public static class StudyLaws
{
    /// <summary>
    /// Runs a study with one worker undisturbed, then once for every crash point and occurrence, each time going on after the crash, and
    /// checks that the trials are the same.
    /// </summary>
    /// <param name="createStore">Makes an empty store.</param>
    /// <param name="definition">The study; its budget must limit the trials.</param>
    /// <param name="catalog">Makes its sampler and scheduler.</param>
    /// <param name="objective">A deterministic objective.</param>
    /// <param name="points">Where to crash.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ContractViolationException">A crash changed the outcome.</exception>
    public static async Task CrashesChangeNothingAsync(
        Func<IStudyStore> createStore, StudyDefinition definition, IMethodCatalog catalog,
        Func<TrialContext, Task<MetricValues?>> objective,
        IEnumerable<string> points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        var (undisturbed, _) = await RunAsync(createStore, definition, catalog, objective, [], cancellationToken).ConfigureAwait(false);
        foreach (var point in points)
        {
            for (var occurrence = 1; ; occurrence++)
            {
                var (disturbed, crashes) = await RunAsync(
                    createStore, definition, catalog, objective, [(point, occurrence)], cancellationToken).ConfigureAwait(false);
                CompareTrials(undisturbed, disturbed, $"a crash at {point} (occurrence {occurrence})");
                if (crashes == 0)
                    break;
            }
        }
    }

    /// <summary>
    /// Runs a study with one worker undisturbed, then again with one random crash after the other, and checks that the trials are the same.
    /// </summary>
    /// <param name="createStore">Makes an empty store.</param>
    /// <param name="definition">The study; its budget must limit the trials.</param>
    /// <param name="catalog">Makes its sampler and scheduler.</param>
    /// <param name="objective">A deterministic objective.</param>
    /// <param name="crashes">How many crashes, at least 1; fewer happen when the study ends first.</param>
    /// <param name="seed">Says where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many crashes happened.</returns>
    /// <exception cref="ContractViolationException">The crashes changed the outcome.</exception>
    public static async Task<int> RandomCrashesChangeNothingAsync(
        Func<IStudyStore> createStore, StudyDefinition definition, IMethodCatalog catalog,
        Func<TrialContext, Task<MetricValues?>> objective,
        int crashes, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(crashes, 1);
        var random = Numerics.RandomKey.FromSeed(seed).CreateStream();
        var points = new List<(string?, int)>();
        for (var i = 0; i < crashes; i++)
            points.Add((null, 1 + random.NextInt(12)));
        var (undisturbed, _) = await RunAsync(createStore, definition, catalog, objective, [], cancellationToken).ConfigureAwait(false);
        var (disturbed, happened) = await RunAsync(createStore, definition, catalog, objective, points, cancellationToken)
            .ConfigureAwait(false);
        CompareTrials(undisturbed, disturbed,
            $"{happened} crashes, each so many points after the one before: {string.Join(", ", points.Select(point => point.Item2))}");
        return happened;
    }

    /// <summary>
    /// Runs a study with several workers, of which some die at random points, and checks that every trial number has exactly one final
    /// outcome, the budget is met exactly, no measurement of a finished trial is missing, no trial ran twice at once, and everything
    /// recorded follows from its basis.
    /// </summary>
    /// <param name="store">An empty store that all workers share.</param>
    /// <param name="definition">The study; its budget must limit the trials.</param>
    /// <param name="catalog">Makes its sampler and scheduler.</param>
    /// <param name="objective">An objective.</param>
    /// <param name="workers">How many workers at a time, at least 2.</param>
    /// <param name="deaths">How many of them die on the way; each is replaced.</param>
    /// <param name="seed">Says where they die.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ContractViolationException">A law is broken.</exception>
    public static async Task DeathsLoseNothingAsync(
        IStudyStore store, StudyDefinition definition, IMethodCatalog catalog, Func<TrialContext, Task<MetricValues?>> objective,
        int workers,
        int deaths, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(definition);
        const string Name = "laws";
        var host = new SimulatedHost();
        await (await Study.CreateAsync(store, Name, definition, Options(catalog, host.Start(), null), cancellationToken)
            .ConfigureAwait(false))
            .DisposeAsync().ConfigureAwait(false);
        var random = Numerics.RandomKey.FromSeed(seed).CreateStream();
        var fates = new Queue<CrashAt?>();
        for (var i = 0; i < deaths; i++)
        {
            var process = host.Start();
            fates.Enqueue(new(CrashPoint.All[random.NextInt(CrashPoint.All.Count)], 1 + random.NextInt(4), process));
        }

        var guard = new OneAtATime(objective, host);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(fates), cancellationToken)))
            .ConfigureAwait(false);
        await using var journal = await store.OpenAsync(Name, cancellationToken).ConfigureAwait(false);
        var events = await ReplayLaw.ReadAsync(journal, cancellationToken).ConfigureAwait(false);
        CheckOutcomes(events, definition);
        ReplayLaw.Check(events, catalog);

        async Task WorkAsync(Queue<CrashAt?> remaining)
        {
            while (true)
            {
                CrashAt? fate;
                lock (remaining)
                    remaining.TryDequeue(out fate);
                var process = fate?.Process ?? host.Start();
                var study = await Study.OpenAsync(store, Name, Options(catalog, process, fate), cancellationToken).ConfigureAwait(false);
                try
                {
                    await study.RunAsync(new DelegateExecutor(trial => guard.EvaluateAsync(trial, process)), new() { Parallelism = 2 },
                        cancellationToken).ConfigureAwait(false);
                    await study.DisposeAsync().ConfigureAwait(false);
                    return;
                }
                catch (SimulatedCrashException)
                {
                    // Dead: its study object is dropped as it is, and another worker takes its place.
                }
            }
        }
    }

    private static async Task<(History History, int Crashes)> RunAsync(
        Func<IStudyStore> createStore, StudyDefinition definition, IMethodCatalog catalog,
        Func<TrialContext, Task<MetricValues?>> objective,
        IEnumerable<(string? Point, int Occurrence)> crashes, CancellationToken cancellationToken)
    {
        const string Name = "laws";
        var host = new SimulatedHost();
        await using var store = createStore();
        await (await Study.CreateAsync(store, Name, definition, Options(catalog, host.Start(), null), cancellationToken)
            .ConfigureAwait(false))
            .DisposeAsync().ConfigureAwait(false);
        var remaining = new Queue<(string? Point, int Occurrence)>(crashes);
        var crashed = 0;
        while (true)
        {
            var process = host.Start();
            var fate = remaining.TryDequeue(out var next) ? new CrashAt(next.Point, next.Occurrence, process) : null;
            var study = await Study.OpenAsync(store, Name, Options(catalog, process, fate), cancellationToken).ConfigureAwait(false);
            try
            {
                await study.RunAsync(new DelegateExecutor(objective), cancellationToken: cancellationToken).ConfigureAwait(false);
                await study.DisposeAsync().ConfigureAwait(false);
                await using var journal = await store.OpenAsync(Name, cancellationToken).ConfigureAwait(false);
                var events = await ReplayLaw.ReadAsync(journal, cancellationToken).ConfigureAwait(false);
                ReplayLaw.Check(events, catalog);
                return (HistoryFold.Fold(events), crashed);
            }
            catch (SimulatedCrashException)
            {
                crashed++;
            }
        }
    }

    private static StudyOptions Options(IMethodCatalog catalog, SimulatedProcess process, ICrashPoints? crashPoints) => new()
    {
        Catalog = catalog,
        Processes = process,
        CrashPoints = crashPoints,
        LeaseDuration = TimeSpan.FromSeconds(1),
    };

    private static void CompareTrials(History expected, History actual, string after)
    {
        if (expected.Trials.Count != actual.Trials.Count)
            throw Violation("crashes change nothing",
                $"After {after} there are {actual.Trials.Count} trials instead of {expected.Trials.Count}.");
        for (var number = 0; number < expected.Trials.Count; number++)
        {
            var (left, right) = (expected.Trials[number], actual.Trials[number]);
            if (!Equals(left.Configuration, right.Configuration) || left.State != right.State || !left.Losses.SequenceEqual(right.Losses))
            {
                throw Violation(
                    "crashes change nothing", $"After {after} trial {number} is {right.State} ({right.Configuration}), but "
                        + $"undisturbed it is {left.State} ({left.Configuration}).");
            }
        }
    }

    private static void CheckOutcomes(IReadOnlyList<JournalEvent> events, StudyDefinition definition)
    {
        var history = HistoryFold.Fold(events);
        if (history.Trials.Count != definition.Budget.Trials)
            throw Violation("deaths lose nothing",
                $"There are {history.Trials.Count} trials, but the budget is {definition.Budget.Trials}.");
        var outcomes = new int[history.Trials.Count];
        foreach (var journalEvent in events)
        {
            if (journalEvent.Payload is Finished or Failed { WillRetry: false } or Lost { WillRetry: false })
                outcomes[journalEvent.Trial!.Value]++;
        }

        for (var number = 0; number < outcomes.Length; number++)
        {
            if (outcomes[number] != 1)
                throw Violation("deaths lose nothing",
                    $"Trial {number} has {outcomes[number]} final outcomes; it stands {history.Trials[number].State}.");
        }
    }

    private static ContractViolationException Violation(string law, string message) => new("study", law, 0, message);

    /// <summary>
    /// Fails a law when the same trial is evaluated by two living workers at once; what a dead one still does here is a ghost.
    /// </summary>
    private sealed class OneAtATime(Func<TrialContext, Task<MetricValues?>> objective, SimulatedHost host)
    {
        private readonly Dictionary<int, SimulatedProcess> _running = [];

        internal async Task<MetricValues?> EvaluateAsync(TrialContext trial, SimulatedProcess process)
        {
            lock (_running)
            {
                if (_running.TryGetValue(trial.Number, out var other) && host.IsAlive(other.ProcessId) && host.IsAlive(process.ProcessId))
                    throw Violation("one at a time", $"Trial {trial.Number} runs twice at once.");
                _running[trial.Number] = process;
            }

            try
            {
                return await objective(trial).ConfigureAwait(false);
            }
            finally
            {
                lock (_running)
                {
                    if (_running.GetValueOrDefault(trial.Number) == process)
                        _running.Remove(trial.Number);
                }
            }
        }
    }
}
