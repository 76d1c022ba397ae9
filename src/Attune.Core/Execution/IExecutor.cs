namespace Attune.Execution;

/// <summary>Runs trials: in this process, as programs, in simulated time, on a cluster. It may run several at once.</summary>
public interface IExecutor
{
    /// <summary>Runs an assignment to its end.</summary>
    /// <param name="assignment">What to run.</param>
    /// <param name="sink">Takes measurements, and answers with what becomes of the trial.</param>
    /// <param name="cancellationToken">Interrupts the run politely.</param>
    /// <returns>How it ended. Failures are values: only a defect of the executor itself throws.</returns>
    Task<ExecutionResult> RunAsync(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken);
}
