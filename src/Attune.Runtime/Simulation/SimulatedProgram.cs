using System.Runtime.CompilerServices;
using Attune.Execution;

namespace Attune.Simulation;

/// <summary>A simulated program that is a function.</summary>
public sealed class SimulatedProgram : ISimulatedProgram
{
    private readonly Func<Assignment, IEnumerable<SimulatedStep>> _run;

    /// <summary>A program of which every run is a sequence of steps.</summary>
    /// <param name="run">Gives the steps of a run; see <see cref="ISimulatedProgram.RunAsync"/>.</param>
    public SimulatedProgram(Func<Assignment, IEnumerable<SimulatedStep>> run) => _run = run ?? throw new ArgumentNullException(nameof(run));

    /// <summary>A program that reports all metrics once, at the end of the run.</summary>
    /// <param name="run">Gives the seconds and the metrics of a run.</param>
    public static SimulatedProgram Of(Func<Assignment, (double Seconds, MetricValues Metrics)> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(assignment =>
        {
            var (seconds, metrics) = run(assignment);
            return [new(seconds, new(metrics))];
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SimulatedStep> RunAsync(
        Assignment assignment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var step in _run(assignment))
            yield return step;
    }
}
