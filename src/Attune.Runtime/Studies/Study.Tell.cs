using Attune.Execution;
using Attune.Scheduling;
using Attune.Studies;

namespace Attune;

/// <content>Telling.</content>
public sealed partial class Study
{
    /// <summary>Tells the value of a trial with one objective; the trial is completed.</summary>
    /// <param name="assignment">What was asked.</param>
    /// <param name="value">The value in the objective's own direction; NaN or infinity make the trial failed.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The trial as it stands then.</returns>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended otherwise. Telling the same twice is
    /// harmless.</exception>
    /// <exception cref="ArgumentException">The problem has several objectives.</exception>
    public ValueTask<Trial> TellAsync(Assignment assignment, double value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        if (!assignment.Problem.IsSingleObjective)
            throw new ArgumentException(
                $"The problem has {assignment.Problem.Objectives.Length} objectives; tell metrics by name.", nameof(value));
        var metric = assignment.Problem.Objectives[0].Metric;
        return double.IsFinite(value)
            ? TellAsync(assignment.Trial, new MetricValues(metric, value), assignment.Token, cancellationToken)
            : FailAsync(assignment.Trial, FailureKind.NonFinite, FormattableString.Invariant($"the metric '{metric}' is {value}"),
                assignment.Token, cancellationToken);
    }

    /// <summary>Tells the metrics of a trial; the trial is completed, or failed when an objective is missing.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="metrics">Finite metrics by name; null when all were reported before.</param>
    /// <param name="token">The fencing token of the assignment; null to speak for whoever has the trial.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The trial as it stands then.</returns>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended otherwise. Telling the same twice is
    /// harmless.</exception>
    public ValueTask<Trial> TellAsync(int trial, MetricValues? metrics, int? token = null, CancellationToken cancellationToken = default) =>
        EndAsync(recorder => TrialEnd.Complete(recorder, trial, token, metrics), cancellationToken);

    /// <summary>Tells that a trial failed. It is kept with its reason; the retry policy says whether it runs again.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="kind">In which way.</param>
    /// <param name="reason">What happened, for a person.</param>
    /// <param name="token">The fencing token of the assignment; null to speak for whoever has the trial.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The trial as it stands then.</returns>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended otherwise. Telling the same twice is
    /// harmless.</exception>
    public ValueTask<Trial> FailAsync(
        int trial, FailureKind kind, string reason, int? token = null, CancellationToken cancellationToken = default) =>
        EndAsync(recorder => TrialEnd.Fail(recorder, trial, token, kind, reason), cancellationToken);

    /// <summary>Reports a measurement of a running trial.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="measurement">Finite metrics at a resource.</param>
    /// <param name="token">The fencing token of the assignment; null to speak for whoever has the trial.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>What becomes of the trial: whoever runs it should obey.</returns>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or does not run.</exception>
    /// <exception cref="ProblemException">The resource is not legal.</exception>
    public async ValueTask<TrialDecision> ReportAsync(
        int trial, Measurement measurement, int? token = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        cancellationToken.ThrowIfCancellationRequested();
        _log.Reach(CrashPoint.ReportBegun);
        var decision = await _log.CommitAsync(recorder => TrialEnd.Report(recorder, trial, token, measurement)).ConfigureAwait(false);
        _log.Reach(CrashPoint.Reported);
        return decision;
    }

    /// <summary>Tells that a trial paused, as the scheduler decided.</summary>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="token">The fencing token of the assignment; null to speak for whoever has the trial.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>The trial as it stands then.</returns>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or does not run.</exception>
    public ValueTask<Trial> PauseAsync(int trial, int? token = null, CancellationToken cancellationToken = default) =>
        EndAsync(recorder => TrialEnd.Pause(recorder, trial, token), cancellationToken);

    private async ValueTask<Trial> EndAsync(Func<Recorder, Trial> end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _log.Reach(CrashPoint.EndBegun);
        var ended = await _log.CommitAsync(end).ConfigureAwait(false);
        _log.Reach(CrashPoint.Ended);
        return ended;
    }
}
