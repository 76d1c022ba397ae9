namespace Attune.Execution;

/// <summary>
/// Runs each trial as a program of its own, in any language: parameters go in by the command, the environment and a JSON file, metrics
/// come out as lines. Each program runs in a session of its own, and nothing of it is left when the run has ended.
/// </summary>
public sealed class ProcessExecutor : IExecutor
{
    private readonly ProgramPlan _plan;

    /// <summary>Makes an executor.</summary>
    /// <param name="study">The name of the study, which its folder of trials is called by.</param>
    /// <param name="problem">The problem, against which the placeholders of the command and the environment are checked.</param>
    /// <param name="options">Which program, and how.</param>
    /// <exception cref="ArgumentException">An option is not legal, or placeholders name nothing, which are all told.</exception>
    public ProcessExecutor(string study, Problem problem, ProgramOptions options)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _plan = new(study, options);
        _plan.Check(problem);
    }

    /// <inheritdoc/>
    public async Task<ExecutionResult> RunAsync(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(sink);
        if (cancellationToken.IsCancellationRequested)
            return new ExecutionResult.Interrupted();
        if (TryPrepare(assignment, out var problem) is not { } folder)
            return new ExecutionResult.Failed(FailureKind.NotStarted, problem!);
        var options = _plan.Options;
        var warnings = new RunWarnings(folder.Warnings, FormattableString.Invariant($"trial {assignment.Trial}"), options.OnWarning);
        using var run = new TrialRun(assignment, sink, options, folder, warnings);
        await using var program = ProgramStart.TryLaunch(
            () => _plan.Make(options.Command, folder, assignment) with
            {
                OnOutput = run.ReadOutputAsync,
                OnError = options.MetricPatterns.Count == 0 ? null : run.ReadErrorAsync,
                OnWarning = warnings.Add,
            },
            options.Clock,
            out problem);
        if (program is null)
            return new ExecutionResult.Failed(FailureKind.NotStarted, problem!);
        try
        {
            // It waits at its gate until everybody who reads the journal can find it.
            var (host, processId, start) = program.Identity;
            await sink.LaunchedAsync(host.ToString(), processId, start, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ExecutionResult.Interrupted();
        }

        return cancellationToken.IsCancellationRequested
            ? new ExecutionResult.Interrupted()
            : await run.RunAsync(program, cancellationToken).ConfigureAwait(false);
    }

    private TrialFolder? TryPrepare(Assignment assignment, out string? problem)
    {
        try
        {
            problem = null;
            return TrialFolder.ForTrial(_plan.Options.TrialsFolder, _plan.Study, assignment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = ProgramStart.DescribeFolder(_plan.Options.TrialsFolder, exception);
            return null;
        }
    }
}
