using Attune.Scheduling;

namespace Attune.Execution;

/// <summary>Runs trials in this process by calling a function, as many at once as the study has slots.</summary>
public sealed class DelegateExecutor : IExecutor
{
    private readonly Func<TrialContext, Task<MetricValues?>> _evaluate;

    /// <summary>An executor for a function that returns metrics.</summary>
    /// <param name="evaluate">Evaluates a trial. It may report on the way; it returns the final metrics, or null when it has reported them.
    /// NaN, infinity and exceptions make the trial failed.</param>
    public DelegateExecutor(Func<TrialContext, Task<MetricValues?>> evaluate) =>
        _evaluate = evaluate ?? throw new ArgumentNullException(nameof(evaluate));

    /// <summary>An executor for a function that returns the value of the only objective.</summary>
    /// <param name="evaluate">Evaluates a trial.</param>
    public static DelegateExecutor Of(Func<TrialContext, double> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        return Of(trial => Task.FromResult(evaluate(trial)));
    }

    /// <summary>An executor for an asynchronous function that returns the value of the only objective.</summary>
    /// <param name="evaluate">Evaluates a trial.</param>
    public static DelegateExecutor Of(Func<TrialContext, Task<double>> evaluate)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        return new(async trial =>
        {
            var value = await evaluate(trial).ConfigureAwait(false);
            var metric = trial.Assignment.Problem.Objectives[0].Metric;
            return double.IsFinite(value) ? new(metric, value) : throw new NonFiniteMetricException(
                FormattableString.Invariant($"the metric '{metric}' is {value}"));
        });
    }

    /// <inheritdoc/>
    public async Task<ExecutionResult> RunAsync(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        var trial = new TrialContext(assignment, sink, cancellationToken);
        MetricValues? metrics;
        try
        {
            metrics = await _evaluate(trial).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ExecutionResult.Interrupted();
        }
        catch (NonFiniteMetricException exception)
        {
            return new ExecutionResult.Failed(FailureKind.NonFinite, exception.Message);
        }
        catch (Exception exception) when (exception is not (StaleTokenException or Journals.JournalException))
        {
            return new ExecutionResult.Failed(FailureKind.Error, Describe(exception));
        }

        if (trial.Decision == TrialDecision.Pause)
            return new ExecutionResult.Paused();
        if (metrics is not { Count: > 0 } || trial.Decision == TrialDecision.Stop)
            return new ExecutionResult.Completed();
        var fidelity = assignment.Problem.Fidelity;
        var decision = await sink.ReportAsync(new(metrics) { Resource = fidelity is null ? null : assignment.Resource },
            CancellationToken.None).ConfigureAwait(false);

        // What was returned may be all that was wanted for now.
        return decision == TrialDecision.Pause && assignment.Resource < fidelity?.High
            ? new ExecutionResult.Paused()
            : new ExecutionResult.Completed();
    }

    private static string Describe(Exception exception)
    {
        var inner = exception is AggregateException { InnerExceptions: [var only] } ? only : exception;
        return $"{inner.GetType().Name}: {inner.Message}";
    }
}
