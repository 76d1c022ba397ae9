using Attune.Execution;

namespace Attune.Simulation;

/// <summary>What trials do in a simulation.</summary>
public interface ISimulatedProgram
{
    /// <summary>
    /// One run of a trial: its steps, made one at a time as simulated time goes on, until it has run up to
    /// <see cref="Assignment.Resource"/>. It begins after <see cref="Assignment.FromResource"/>, or at the beginning where that is null.
    /// What it throws makes the trial failed.
    /// </summary>
    /// <param name="assignment">What to run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<SimulatedStep> RunAsync(Assignment assignment, CancellationToken cancellationToken);
}
