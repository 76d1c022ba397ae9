using System.Runtime.ExceptionServices;
using Attune.Programs;
using Attune.Scheduling;

namespace Attune.Execution;

/// <summary>One run of a trial's program: carries its reports to the study and the study's decisions to the program.</summary>
internal sealed class TrialRun(
    Assignment assignment, IMeasurementSink sink, ProgramOptions options, TrialFolder folder, RunWarnings warnings) : IDisposable
{
    private readonly ProgramOutput _output = new(options.MetricPatterns);
    private readonly ReportReader _reader = new(assignment.Problem);
    private readonly HeldResults _held = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private Exception? _exception;
    private ExecutionResult.Failed? _failure;
    private TrialDecision _decision;
    private double? _lastResource = assignment.FromResource;
    private bool _hasReported;
    private long _start;

    /// <summary>Lets the program run and waits for its end.</summary>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, or has ended.</exception>
    internal async Task<ExecutionResult> RunAsync(RunningProgram program, CancellationToken cancellationToken)
    {
        await using var onHurry = options.Hurry.Register(_kill.Cancel).ConfigureAwait(false);
        await using var onInterrupt = cancellationToken.Register(() =>
        {
            TellProgram(TrialFolder.Pause);
            _stop.Cancel();
        }).ConfigureAwait(false);
        _start = options.Clock.GetTimestamp();
        var exit = await program.RunAsync(_stop.Token, _kill.Token).ConfigureAwait(false);
        if (_exception is not null)
            ExceptionDispatchInfo.Throw(_exception);
        return _failure ?? _decision switch
        {
            TrialDecision.Stop => new ExecutionResult.Completed(),
            TrialDecision.Pause => new ExecutionResult.Paused(),
            _ => await JudgeAsync(exit).ConfigureAwait(false),
        };
    }

    internal ValueTask ReadOutputAsync(OutputLine line) => ReadAsync(line, isError: false);

    internal ValueTask ReadErrorAsync(OutputLine line) => ReadAsync(line, isError: true);

    public void Dispose()
    {
        _turn.Dispose();
        _stop.Dispose();
        _kill.Dispose();
    }

    private async Task<ExecutionResult> JudgeAsync(ProgramExit exit)
    {
        if (exit.End == ProgramEnd.Stopped)
            return new ExecutionResult.Interrupted();
        if (!exit.IsSuccess)
        {
            var kind = exit.End == ProgramEnd.TimeLimit ? FailureKind.Timeout : FailureKind.ExitCode;
            return new ExecutionResult.Failed(kind, exit.Describe(_output.LastLines));
        }

        // What was measured without a resource stands for the whole run.
        var end = assignment.Problem.Fidelity is null ? null : Max(assignment.Resource, _lastResource);
        foreach (var line in _held.All())
            await ReportAsync(line with { Resource = end }).ConfigureAwait(false);
        if (_exception is not null)
            ExceptionDispatchInfo.Throw(_exception);
        if (_failure is not null)
            return _failure;
        if (_decision == TrialDecision.Pause)
            return new ExecutionResult.Paused();

        // The study would say that nothing was reported; the program would say that it did.
        return !_hasReported && assignment.FromResource is null && assignment.Checkpoint is null && warnings.ToList() is [var first, ..]
            ? new ExecutionResult.Failed(FailureKind.MissingMetric, $"It ended without a usable report. {first}")
            : new ExecutionResult.Completed();
    }

    private async ValueTask ReadAsync(OutputLine line, bool isError)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var (reports, isMatched) = _output.Read(line, isError);
            foreach (var report in reports)
            {
                if (report is ReportWarning { Reason: var reason })
                    warnings.Add(reason);
                else if (report is ReportedLine reported)
                    await TakeAsync(reported, isMatched).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask TakeAsync(ReportedLine report, bool isMatched)
    {
        var line = _reader.Place(report, isMatched, out var warning);
        if (warning is not null)
        {
            warnings.Add(warning);
            return;
        }

        // A program that pauses may end its epoch first, and goes on after it. Once it was told to stop, nothing more counts.
        if (line.Metrics.Count > 0 && _decision != TrialDecision.Stop && _failure is null)
        {
            if (line.Resource is null && (isMatched || assignment.Problem.Fidelity is not null))
                _held.Add(line);
            else
                await ReportAsync(line).ConfigureAwait(false);
        }

        if (line.Checkpoint is not { } checkpoint)
            return;
        var resource = line.Resource ?? _lastResource;
        await SayAsync(() => sink.SaveCheckpointAsync(checkpoint, resource, CancellationToken.None)).ConfigureAwait(false);
    }

    private async ValueTask ReportAsync(ReportedLine line)
    {
        var measurement = _reader.Measure(line, warnings.Add, out var failure);
        if (failure is not null)
            Fail(FailureKind.NonFinite, failure);
        if (measurement is null)
            return;
        await SayAsync(async () =>
        {
            var elapsed = options.Clock.GetElapsedTime(_start).TotalSeconds;

            // What was measured is recorded even while everything is being cancelled.
            var decision = await sink.ReportAsync(measurement with { Elapsed = elapsed }, CancellationToken.None).ConfigureAwait(false);
            _hasReported = true;
            _lastResource = measurement.Resource ?? _lastResource;
            if (decision == TrialDecision.Continue || decision == _decision)
                return;
            _decision = decision;
            TellProgram(decision == TrialDecision.Pause ? TrialFolder.Pause : TrialFolder.Stop);
            await _stop.CancelAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Says something to the study; what it throws ends the program.</summary>
    private async ValueTask SayAsync(Func<ValueTask> say)
    {
        if (_exception is not null)
            return;
        try
        {
            await say().ConfigureAwait(false);
        }
        catch (ProblemException exception)
        {
            Fail(FailureKind.Error, exception.Message);
        }
        catch (StaleTokenException exception)
        {
            // Somebody else runs the trial by now, so this program must be gone soon.
            _exception = exception;
            await _kill.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _exception = exception;
            await _stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Fail(FailureKind kind, string reason)
    {
        _failure ??= new(kind, reason);
        TellProgram(TrialFolder.Stop);
        _stop.Cancel();
    }

    private void TellProgram(string word)
    {
        try
        {
            folder.WriteControl(word);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            warnings.Add($"The control file could not be written, so that the program hears only of the signal: {exception.Message}");
        }
    }

    private static double? Max(double? left, double? right) => left is null || right > left ? right : left;
}
