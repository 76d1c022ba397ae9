namespace Attune;

/// <summary>In which way a trial failed.</summary>
public enum FailureKind
{
    /// <summary>The objective threw an exception, or reported failure itself.</summary>
    Error,

    /// <summary>The program ended with a non-zero exit code or by a signal.</summary>
    ExitCode,

    /// <summary>The program could not be started.</summary>
    NotStarted,

    /// <summary>The time limit was reached.</summary>
    Timeout,

    /// <summary>A metric was NaN or infinite.</summary>
    NonFinite,

    /// <summary>It ended without a value for every objective.</summary>
    MissingMetric,

    /// <summary>It was cancelled for good: by a user, or because the study reached its target or the sampler had nothing more.</summary>
    Cancelled,

    /// <summary>Its worker disappeared, or gave it back.</summary>
    WorkerLost,
}
