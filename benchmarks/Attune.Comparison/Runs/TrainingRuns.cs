using System.Runtime.CompilerServices;
using Attune.Execution;
using Attune.Problems;
using Attune.Simulation;

namespace Attune.Comparison;

/// <summary>
/// The trials of a benchmark problem as simulated training runs: one report for each unit of the fidelity, after the seconds that the
/// problem tells; one second a unit where it tells none.
/// </summary>
/// <param name="problem">A problem with a fidelity.</param>
/// <param name="seed">The seed of the noise.</param>
/// <param name="onFailure">Hears that the problem cannot be evaluated; the run fails then.</param>
internal sealed class TrainingRuns(BenchmarkProblem problem, long seed, Action<Exception> onFailure) : ISimulatedProgram
{
    /// <summary>At most about how many reports a whole run makes.</summary>
    private const int MostReports = 200;

    private readonly Dictionary<(int Trial, double Resource), BenchmarkEvaluation> _evaluations = [];
    private readonly Fidelity _fidelity = problem.Problem.Fidelity!;

    /// <summary>What was evaluated for a report; each is given once.</summary>
    internal BenchmarkEvaluation Take(int trial, double resource) => _evaluations.Remove((trial, resource), out var evaluation)
        ? evaluation : throw new InvalidOperationException("A report was taken twice.");

    public async IAsyncEnumerable<SimulatedStep> RunAsync(
        Assignment assignment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (target, at, before) = (assignment.Resource!.Value, assignment.FromResource ?? 0, 0.0);
        if (at > 0)
        {
            var left = await EvaluateAsync(assignment, at, cancellationToken).ConfigureAwait(false);
            before = SecondsUpTo(at, left);
        }

        foreach (var resource in Reports(at, target))
        {
            var evaluation = await EvaluateAsync(assignment, resource, cancellationToken).ConfigureAwait(false);

            // A surrogate's times need not grow with every unit.
            var seconds = Math.Max(before, SecondsUpTo(resource, evaluation));
            _evaluations[(assignment.Trial, resource)] = evaluation;
            yield return new(seconds - before, new(evaluation.Values) { Resource = resource });
            before = seconds;
        }
    }

    /// <summary>The resources at which a run reports: a grid from the least amount on, and its end.</summary>
    internal IEnumerable<double> Reports(double from, double target)
    {
        var span = _fidelity.High - _fidelity.Low;
        var step = _fidelity.IsInteger ? Math.Max(1, Math.Ceiling(span / MostReports)) : span / MostReports;
        if (step > 0)
        {
            for (var i = 0; _fidelity.Low + (i * step) < target; i++)
            {
                if (_fidelity.Low + (i * step) > from)
                    yield return _fidelity.Low + (i * step);
            }
        }

        if (target > from)
            yield return target;
    }

    private static double SecondsUpTo(double resource, BenchmarkEvaluation evaluation) =>
        evaluation.Seconds > 0 ? evaluation.Seconds : resource;

    private async ValueTask<BenchmarkEvaluation> EvaluateAsync(
        Assignment assignment, double resource, CancellationToken cancellationToken)
    {
        try
        {
            return await problem.EvaluateAsync(assignment.Configuration, resource, seed, assignment.Trial, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            onFailure(exception);
            throw;
        }
    }
}
