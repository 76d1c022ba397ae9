using System.Diagnostics.CodeAnalysis;
using Attune.Algorithms;
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
public sealed partial class StudyBuilder
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
}
