using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Attune.Algorithms;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;
using Attune.Sqlite;

namespace Attune;

/// <summary>Describes a study in C#, then runs it. Every method changes this builder and returns it.</summary>
/// <example><code>
/// var result = await Study.Create("svm", Direction.Maximize, trials: 50)
///     .RunAsync&lt;SvmParameters&gt;(p => Train(p));
/// Console.WriteLine(result.Best);
/// </code></example>
public sealed class StudyBuilder
{
    private readonly string _name;
    private readonly List<Objective> _objectives = [];
    private readonly List<OutcomeConstraint> _constraints = [];
    private readonly List<Fidelity> _fidelities = [];
    private readonly Objective _defaultObjective;
    private MethodRegistry _methods = MethodRegistry.Default;
    private (string Name, string Options) _sampler;
    private (string Name, string Options) _scheduler = (StudyDefaults.Scheduler, "{}");
    private Budget _budget;
    private bool _isUnlimited;
    private ulong _seed;
    private int _parallelism = 1;
    private Func<CancellationToken, ValueTask<IStudyStore>>? _store;
    private bool _ownsStore = true;
    private Action<Trial, History>? _onTrialFinished;
    private TextWriter? _progress;

    internal StudyBuilder(string name, Direction direction, int? trials, TimeSpan? time, string? sampler)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
        _defaultObjective = new(StudyDefaults.Metric, direction);
        _budget = new() { Trials = trials, WallClock = time };
        _sampler = (sampler ?? StudyDefaults.Sampler, "{}");
    }

    /// <summary>Adds an objective to minimise.</summary>
    /// <param name="metric">The name of the metric.</param>
    public StudyBuilder Minimize(string metric) => AddObjective(new(metric, Direction.Minimize));

    /// <summary>Adds an objective to maximise.</summary>
    /// <param name="metric">The name of the metric.</param>
    public StudyBuilder Maximize(string metric) => AddObjective(new(metric, Direction.Maximize));

    /// <summary>Adds an objective.</summary>
    /// <param name="objective">The objective, with what is known of its noise, its target and its reduction.</param>
    public StudyBuilder AddObjective(Objective objective)
    {
        _objectives.Add(objective);
        return this;
    }

    /// <summary>Adds a bound on a metric that is known only after evaluation.</summary>
    /// <param name="constraint">The bound.</param>
    public StudyBuilder AddConstraint(OutcomeConstraint constraint)
    {
        _constraints.Add(constraint);
        return this;
    }

    /// <summary>Adds a resource of which a trial may get more or less.</summary>
    /// <param name="fidelity">The resource; the first one added is the one that schedulers work with.</param>
    public StudyBuilder AddFidelity(Fidelity fidelity)
    {
        _fidelities.Add(fidelity);
        return this;
    }

    /// <summary>Chooses the sampler.</summary>
    /// <param name="name">Its registered name, such as <c>sobol</c>.</param>
    /// <param name="options">A JSON object of options; the defaults where it says nothing.</param>
    public StudyBuilder WithSampler(string name, [StringSyntax(StringSyntaxAttribute.Json)] string options = "{}")
    {
        _sampler = (name, options);
        return this;
    }

    /// <summary>Chooses the scheduler.</summary>
    /// <param name="name">Its registered name.</param>
    /// <param name="options">A JSON object of options; the defaults where it says nothing.</param>
    public StudyBuilder WithScheduler(string name, [StringSyntax(StringSyntaxAttribute.Json)] string options = "{}")
    {
        _scheduler = (name, options);
        return this;
    }

    /// <summary>Adds methods of your own to those that Attune holds.</summary>
    /// <param name="methods">A registry, such as <c>MethodRegistry.Default.With(…)</c>.</param>
    public StudyBuilder WithMethods(MethodRegistry methods)
    {
        _methods = methods ?? throw new ArgumentNullException(nameof(methods));
        return this;
    }

    /// <summary>Sets the whole budget.</summary>
    /// <param name="budget">When the study ends.</param>
    public StudyBuilder WithBudget(Budget budget)
    {
        _budget = budget ?? throw new ArgumentNullException(nameof(budget));
        return this;
    }

    /// <summary>Lets the study run until it is cancelled.</summary>
    public StudyBuilder WithoutLimit()
    {
        _isUnlimited = true;
        return this;
    }

    /// <summary>Sets the seed of every random number; 0 by default.</summary>
    /// <param name="seed">Any number.</param>
    public StudyBuilder WithSeed(ulong seed)
    {
        _seed = seed;
        return this;
    }

    /// <summary>Sets how many trials run at a time; 1 by default.</summary>
    /// <param name="parallelism">From 1 to <see cref="RunOptions.MaximumParallelism"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number makes no sense.</exception>
    public StudyBuilder WithParallelism(int parallelism)
    {
        RunOptions.CheckParallelism(parallelism, nameof(parallelism));
        _parallelism = parallelism;
        return this;
    }

    /// <summary>Stores the study in an SQLite file.</summary>
    /// <param name="path">The file; it is created where it does not exist.</param>
    /// <param name="durability">Whether finished trials survive the death of the process (the default) or the loss of power.</param>
    public StudyBuilder StoreIn(string path, Durability durability = Durability.Process)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _store = async cancellationToken => await SqliteStore.OpenAsync(path, new() { Durability = durability }, cancellationToken)
            .ConfigureAwait(false);
        _ownsStore = true;
        return this;
    }

    /// <summary>Stores the study in a store of yours, which stays open.</summary>
    /// <param name="store">The store.</param>
    public StudyBuilder StoreIn(IStudyStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = _ => ValueTask.FromResult(store);
        _ownsStore = false;
        return this;
    }

    /// <summary>Keeps the study in memory only: it is gone when the run ends.</summary>
    public StudyBuilder InMemory()
    {
        _store = static _ => ValueTask.FromResult<IStudyStore>(new MemoryStore());
        _ownsStore = true;
        return this;
    }

    /// <summary>Calls back after every trial that reached its final outcome.</summary>
    /// <param name="callback">It must be quick; what it throws ends the run.</param>
    public StudyBuilder OnTrialFinished(Action<Trial, History> callback)
    {
        _onTrialFinished += callback;
        return this;
    }

    /// <summary>Writes a line for every finished trial.</summary>
    /// <param name="writer">Where to; standard error by default.</param>
    public StudyBuilder ShowProgress(TextWriter? writer = null)
    {
        _progress = writer ?? Console.Error;
        return this;
    }

    /// <summary>Runs the study over a typed space, with a function that returns the value of the only objective.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="objective">Evaluates one set of parameters. NaN, infinity and exceptions make the trial failed; the study goes
    /// on.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public Task<StudyResult<T>> RunAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
            Func<T, double> objective, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(objective);
        return RunAsync<T>((parameters, _) => Task.FromResult(objective(parameters)), cancellationToken);
    }

    /// <summary>Runs the study over a typed space, with an asynchronous function that returns the value of the only objective.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="objective">Evaluates one set of parameters; the context holds a seed, a cancellation token, and takes reports on the
    /// way.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<StudyResult<T>> RunAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        Func<T, TrialContext, Task<double>> objective, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (_objectives.Count > 1)
            throw new ProblemException($"The study '{_name}' has {_objectives.Count} objectives; return metrics by name.");
        var typed = TypedSpace.Of<T>();
        var executor = DelegateExecutor.Of(trial => objective(typed.Materialize(trial.Configuration), trial));
        return new(await RunAsync(typed.Space, executor, cancellationToken).ConfigureAwait(false), typed);
    }

    /// <summary>Runs the study over a typed space, with a function that returns metrics by name.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="evaluate">Evaluates one set of parameters; null when it has reported everything through the context.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<StudyResult<T>> RunMetricsAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        Func<T, TrialContext, Task<MetricValues?>> evaluate, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        var typed = TypedSpace.Of<T>();
        var executor = new DelegateExecutor(trial => evaluate(typed.Materialize(trial.Configuration), trial));
        return new(await RunAsync(typed.Space, executor, cancellationToken).ConfigureAwait(false), typed);
    }

    /// <summary>Runs the study over a space without a type, with a function that returns the value of the only objective.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="objective">Evaluates one configuration.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>How the run ended, with the whole history.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public Task<RunSummary> RunAsync(
        SearchSpace space, Func<Configuration, double> objective, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return RunAsync(space, DelegateExecutor.Of(trial => objective(trial.Configuration)), cancellationToken);
    }

    /// <summary>Runs the study over a space with any executor.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="executor">Runs each trial.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>How the run ended, with the whole history.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<RunSummary> RunAsync(SearchSpace space, IExecutor executor, CancellationToken cancellationToken = default)
    {
        if (_budget == Budget.Unlimited && !_isUnlimited)
            throw new ProblemException($"The study '{_name}' has no budget: give a number of trials or a time, or call WithoutLimit().");

        // Cancelled before or after this moment, the caller gets what stands in the study.
        await using var opened = await OpenAsync(space, CancellationToken.None).ConfigureAwait(false);
        var printer = _progress is null ? null : new ProgressPrinter(_progress);
        var options = new RunOptions
        {
            Parallelism = _parallelism,
            OnTrialFinished = _onTrialFinished + (printer is null ? null : printer.Print),
            OnEvent = printer is null ? null : printer.Hear,
        };
        return await opened.Study.RunAsync(executor, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens or creates the study for asking and telling by hand.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The study with its store; dispose it when done.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<OpenedStudy> OpenAsync(SearchSpace space, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(space);
        var problem = new Problem(space, _objectives.Count == 0 ? [_defaultObjective] : _objectives, _constraints, _fidelities);
        var definition = new StudyDefinition(
            problem, _seed, Describe(_methods.DescribeSampler, _sampler), Describe(_methods.DescribeScheduler, _scheduler))
        {
            Budget = _budget,
        };
        if (_store is null && _name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new ProblemException($"The name '{_name}' cannot be the name of a file; say where to keep the study with StoreIn(path).");
        var store = _store is null
            ? await SqliteStore.OpenAsync($"{_name}.db", cancellationToken: cancellationToken).ConfigureAwait(false)
            : await _store(cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new StudyOptions { Catalog = _methods, Parallelism = _parallelism, Space = space };
            var (study, _) = await StudyOpener.OpenOrCreateAsync(store, _name, definition, options, cancellationToken)
                .ConfigureAwait(false);
            return new(study, _ownsStore ? store : null);
        }
        catch
        {
            if (_ownsStore)
                await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static MethodDescriptor Describe(Func<string, JsonElement?, MethodDescriptor> describe, (string Name, string Options) method)
    {
        try
        {
            using var options = JsonDocument.Parse(method.Options);
            return describe(method.Name, options.RootElement);
        }
        catch (JsonException exception)
        {
            throw new ProblemException($"The options of '{method.Name}' are not a JSON object: {exception.Message}");
        }
    }
}
