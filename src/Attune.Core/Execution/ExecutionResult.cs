namespace Attune.Execution;

/// <summary>How a run of a trial ended. Failures are values, not exceptions.</summary>
public abstract record ExecutionResult
{
    private ExecutionResult()
    {
    }

    /// <summary>It ran to the end of its assignment, or ended because the scheduler said so; its measurements are in the journal.</summary>
    public sealed record Completed : ExecutionResult;

    /// <summary>It saved its state and left, as the scheduler said.</summary>
    public sealed record Paused : ExecutionResult;

    /// <summary>It failed.</summary>
    /// <param name="Kind">In which way.</param>
    /// <param name="Reason">What happened, for a person.</param>
    public sealed record Failed(FailureKind Kind, string Reason) : ExecutionResult;

    /// <summary>It was interrupted because the worker is to end; it is to run again, and this run does not count as an attempt.</summary>
    public sealed record Interrupted : ExecutionResult;
}
