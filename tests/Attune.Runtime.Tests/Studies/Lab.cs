using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Studies;

/// <summary>A store, a clock that stands still, and simulated machines, with a small study in it.</summary>
internal sealed class Lab : IAsyncDisposable
{
    internal const string Name = "lab";

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal MemoryStore Store { get; } = new();

    internal ManualClock Clock { get; } = new();

    internal SimulatedHost Host { get; } = new("here");

    internal static SearchSpace Space { get; } = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    internal static StudyDefinition Define(
        Budget? budget = null, RetryPolicy? retries = null, string sampler = "random", Problem? problem = null, string scheduler = "run-to-completion")
    {
        var methods = LastLossSampler.Methods;
        return new(problem ?? new(Space, [new("loss")]), 3, methods.DescribeSampler(sampler), methods.DescribeScheduler(scheduler))
        {
            Budget = budget ?? Budget.Unlimited,
            Retries = retries ?? RetryPolicy.Default,
        };
    }

    internal StudyOptions Options(SimulatedProcess? process = null, TimeProvider? clock = null, ICrashPoints? crash = null, IMethodCatalog? catalog = null) => new()
    {
        Catalog = catalog ?? LastLossSampler.Methods,
        Processes = process ?? Host.Start(),
        Clock = clock ?? Clock,
        CrashPoints = crash,
    };

    internal Task<Study> CreateAsync(StudyDefinition? definition = null, StudyOptions? options = null) =>
        Study.CreateAsync(Store, Name, definition ?? Define(), options ?? Options(), Cancel);

    internal Task<Study> OpenAsync(StudyOptions? options = null) => Study.OpenAsync(Store, Name, options ?? Options(), Cancel);

    internal async Task<IReadOnlyList<JournalEvent>> EventsAsync() => await ReplayLaw.ReadAsync(await Store.OpenAsync(Name, Cancel), Cancel);

    /// <summary>Waits until the journal tells something.</summary>
    internal async Task<History> UntilAsync(Study study, Predicate<History> isTrue)
    {
        var journal = await Store.OpenAsync(Name, Cancel);
        while (true)
        {
            var history = await study.SnapshotAsync(Cancel);
            if (isTrue(history))
                return history;
            await journal.WaitAsync(history.Position, TimeSpan.FromSeconds(1), Cancel);
        }
    }

    /// <summary>An objective that runs until it is cancelled, and says when it runs.</summary>
    internal static (IExecutor Executor, Task Running) Endless(int trials = 1)
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        var executor = new DelegateExecutor(async trial =>
        {
            if (Interlocked.Increment(ref count) == trials)
                running.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, trial.CancellationToken);
            return null;
        });
        return (executor, running.Task);
    }

    internal static IExecutor Objective(Func<TrialContext, double> objective) => DelegateExecutor.Of(objective);

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
