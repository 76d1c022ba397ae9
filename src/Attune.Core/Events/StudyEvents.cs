using System.Collections.Immutable;

namespace Attune.Events;

/// <summary>The study was created; the first event of every journal.</summary>
/// <param name="Definition">What it was created with.</param>
public sealed record StudyCreated(StudyDefinition Definition) : StudyEvent;

/// <summary>A writer began to work on the study.</summary>
/// <param name="Writer">Who.</param>
public sealed record WriterJoined(WriterIdentity Writer) : StudyEvent;

/// <summary>The writer is alive and had nothing else to say; wall-clock time is counted by it.</summary>
public sealed record Ticked : StudyEvent;

/// <summary>The writer ended its work in an orderly way.</summary>
public sealed record WriterLeft : StudyEvent;

/// <summary>A user asked for a configuration to be tried; the next new trial takes it.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Note">A remark for people; null for none.</param>
public sealed record Enqueued(Configuration Configuration, string? Note = null) : StudyEvent;

/// <summary>The budget was changed.</summary>
/// <param name="Budget">The new budget.</param>
public sealed record BudgetChanged(Budget Budget) : StudyEvent
{
    /// <summary>
    /// Whether the study's definition (its file, its program) names another budget than before; otherwise somebody changed it beside it.
    /// </summary>
    public bool IsDeclared { get; init; }
}

/// <summary>From now on another sampler proposes; it learns from everything that stands before.</summary>
/// <param name="Sampler">The sampler.</param>
public sealed record SamplerChanged(MethodDescriptor Sampler) : StudyEvent;

/// <summary>The search space was revised.</summary>
/// <param name="Space">The new space.</param>
/// <param name="Fill">The values that earlier trials take for new parameters.</param>
public sealed record SpaceRevised(SearchSpace Space, ImmutableSortedDictionary<string, ParameterValue> Fill) : StudyEvent;

/// <summary>A user asked that nothing more be started.</summary>
/// <param name="CancelRunning">Whether running trials are to be ended too.</param>
public sealed record StopRequested(bool CancelRunning) : StudyEvent;

/// <summary>The study goes on after a stop.</summary>
public sealed record Continued : StudyEvent;

/// <summary>The sampler has nothing more to propose.</summary>
public sealed record SamplerExhausted : StudyEvent;

/// <summary>
/// A trial that had ended was evaluated once more, beside the search: a test score, say. It changes nothing of the trial, and samplers and
/// schedulers must not read it.
/// </summary>
/// <param name="Trial">The number.</param>
/// <param name="Evaluation">What evaluated it, such as a command line; another one evaluates it anew.</param>
/// <param name="Metrics">What was measured; empty when it failed.</param>
/// <param name="Failure">Why there are no metrics; null when it ended well.</param>
public sealed record FinalEvaluated(int Trial, string Evaluation, MetricValues Metrics, Failure? Failure = null) : TrialEvent(Trial);

/// <summary>The study recommended a configuration.</summary>
/// <param name="Trial">The trial that holds it.</param>
/// <param name="Basis">The position up to which the journal was read.</param>
/// <param name="Method">How it was chosen, such as <c>best-observed</c> or <c>posterior-mean</c>.</param>
public sealed record Recommended(int Trial, long Basis, string Method) : TrialEvent(Trial)
{
    /// <summary>The predicted value without noise, in the objective's own direction; null where nothing was predicted.</summary>
    public double? Mean { get; init; }

    /// <summary>The lower end of the interval in which the value without noise lies; null where nothing was predicted.</summary>
    public double? Low { get; init; }

    /// <summary>Its upper end; null where nothing was predicted.</summary>
    public double? High { get; init; }

    /// <summary>The probability of the interval by the model, between 0 and 1; null where nothing was predicted.</summary>
    public double? Level { get; init; }
}
