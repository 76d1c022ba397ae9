namespace Attune.Events;

/// <summary>
/// A number was given to a writer, which is to propose its configuration. Reserved again, with a higher token, when that writer disappeared
/// first.
/// </summary>
/// <param name="Trial">The number.</param>
/// <param name="Origin">Where the configuration will come from.</param>
/// <param name="SamplerIndex">The sampler's own index, from 0 without holes; −1 for other origins.</param>
/// <param name="QueuePosition">The position of the enqueuing event, for enqueued configurations; else 0.</param>
/// <param name="Parallelism">How many trials the study runs at a time, as far as its writer knows.</param>
/// <param name="Resource">The resource that the scheduler wants for it, in units of the first fidelity; null for the whole.</param>
/// <param name="Step">The scheduler's place for it; null for none.</param>
public sealed record Reserved(
    int Trial, TrialOrigin Origin, long SamplerIndex, long QueuePosition, int Parallelism, double? Resource = null,
    ScheduleStep? Step = null)
    : TrialEvent(Trial)
{
    // NaN stands for null: a journal in memory may hold millions of these.
    private readonly double _resource = Resource ?? double.NaN;

    /// <summary>The resource that the scheduler wants for it, in units of the first fidelity; null for the whole.</summary>
    public double? Resource
    {
        get => double.IsNaN(_resource) ? null : _resource;
        init => _resource = value ?? double.NaN;
    }
}

/// <summary>A configuration was proposed for a reserved number.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Configuration">The configuration.</param>
/// <param name="Basis">The position up to which the sampler had read the journal: it is a pure function of that prefix, the number, the
/// seed and itself.</param>
/// <param name="BatchIndex">The place within a batch that was proposed at once, from 0.</param>
/// <param name="Sampler">The sampler; null for configurations that no sampler made.</param>
/// <param name="Fingerprint">Attune's version, the runtime and the instruction set.</param>
/// <param name="Annotation">What the sampler leaves behind for later, as JSON; null for nothing.</param>
public sealed record Proposed(
    int Trial, Configuration Configuration, long Basis, int BatchIndex, MethodDescriptor? Sampler, string Fingerprint,
    string? Annotation = null)
    : TrialEvent(Trial);

/// <summary>A worker began to run the trial from its beginning or, when it ran before, from its checkpoint.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Resource">The resource up to which it is to run; null for the whole.</param>
/// <param name="Basis">The position up to which the scheduler had read the journal; 0 where no decision was taken.</param>
/// <param name="Step">The scheduler's place for it; null for none.</param>
public sealed record Started(int Trial, int Attempt, double? Resource = null, long Basis = 0, ScheduleStep? Step = null) : TrialEvent(Trial)
{
    // NaN stands for null: a journal in memory may hold millions of these.
    private readonly double _resource = Resource ?? double.NaN;

    /// <summary>The resource up to which it is to run; null for the whole.</summary>
    public double? Resource
    {
        get => double.IsNaN(_resource) ? null : _resource;
        init => _resource = value ?? double.NaN;
    }
}

/// <summary>A paused trial goes on.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Resource">The resource up to which it is to run; null for the whole.</param>
/// <param name="Basis">The position up to which the scheduler had read the journal.</param>
/// <param name="Step">The scheduler's place for it; null for none.</param>
/// <param name="Configuration">A new configuration, as in population-based training; null to keep the old one.</param>
public sealed record Resumed(int Trial, double? Resource, long Basis, ScheduleStep? Step = null, Configuration? Configuration = null)
    : TrialEvent(Trial);

/// <summary>The trial's program exists and waits at its gate; it runs only after this is in the journal.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Host">The machine, including its boot.</param>
/// <param name="ProcessId">The process number, which is also that of its session and group.</param>
/// <param name="ProcessStart">When it started, in the host's own units.</param>
public sealed record Launched(int Trial, string Host, int ProcessId, long ProcessStart) : TrialEvent(Trial);

/// <summary>The trial reported metrics.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Measurement">What it reported.</param>
public sealed record Measured(int Trial, Measurement Measurement) : TrialEvent(Trial);

/// <summary>The trial left what it needs to go on.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Checkpoint">Where, as its program understands it.</param>
/// <param name="Resource">The resource that it stands for; null when unknown.</param>
public sealed record CheckpointSaved(int Trial, string Checkpoint, double? Resource) : TrialEvent(Trial);

/// <summary>The scheduler decided that a running trial pauses or stops.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Decision">Pause or stop.</param>
/// <param name="Basis">The position of the measurement after which it was decided.</param>
/// <param name="Step">The scheduler's place for it; null for none.</param>
public sealed record Decided(int Trial, Scheduling.TrialDecision Decision, long Basis, ScheduleStep? Step = null) : TrialEvent(Trial);

/// <summary>The trial paused; nobody has it.</summary>
/// <param name="Trial">The number.</param>
public sealed record Paused(int Trial) : TrialEvent(Trial);

/// <summary>The trial ended with its values: completed, or stopped by the scheduler at some resource.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Stopped">Whether the scheduler stopped it.</param>
public sealed record Finished(int Trial, bool Stopped = false) : TrialEvent(Trial);

/// <summary>The trial failed by itself.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Kind">In which way.</param>
/// <param name="Reason">What happened, for a person.</param>
/// <param name="WillRetry">Whether it runs again.</param>
public sealed record Failed(int Trial, FailureKind Kind, string Reason, bool WillRetry) : TrialEvent(Trial);

/// <summary>The trial's worker disappeared, or gave it back before the end.</summary>
/// <param name="Trial">The number.</param>
/// <param name="Reason">How it is known.</param>
/// <param name="WillRetry">Whether it runs again.</param>
/// <param name="Interrupted">Whether the worker gave it back in an orderly way: the next run is the same attempt.</param>
public sealed record Lost(int Trial, string Reason, bool WillRetry, bool Interrupted = false) : TrialEvent(Trial);
