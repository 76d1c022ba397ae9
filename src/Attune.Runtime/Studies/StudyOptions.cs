using Attune.Hosting;

namespace Attune;

/// <summary>How a study object works; nothing here changes what it proposes.</summary>
public sealed record StudyOptions
{
    /// <summary>Makes samplers and schedulers from the descriptors in the journal.</summary>
    public required IMethodCatalog Catalog { get; init; }

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Knowledge of processes on this machine.</summary>
    public IHostProcesses Processes { get; init; } = HostProcesses.Instance;

    /// <summary>After how long without a heartbeat others take this worker for lost; 30 seconds by default, at least one.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many trials run at a time, as a hint to the sampler; from 1, the default, to <see cref="RunOptions.MaximumParallelism"/>.
    /// <see cref="Study.RunAsync"/> sets its own.
    /// </summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>Reached at named points; tests end a study there.</summary>
    public ICrashPoints? CrashPoints { get; init; }

    /// <summary>Input constraints that are code, by name, for spaces that were read from a journal.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>Refuses what is not legal before anything is opened or written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is not legal.</exception>
    internal void Check()
    {
        if (LeaseDuration < TimeSpan.FromSeconds(1))
            throw new ArgumentOutOfRangeException(nameof(LeaseDuration), LeaseDuration, "The lease must last at least one second.");
        RunOptions.CheckParallelism(Parallelism, nameof(Parallelism));
    }
}
