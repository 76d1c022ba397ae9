using Attune.Execution;
using Attune.Journals;
using Attune.Numerics;
using Attune.Scheduling;
using Attune.Studies;

namespace Attune.Simulation;

/// <summary>
/// Runs a study in simulated time: one loop over the ends of steps in order of time. Free workers are alike, so they are only counted, and
/// after an event one is asked after the other until one is told to wait: the work of an event does not grow with the number of workers.
/// </summary>
internal sealed partial class Simulator(
    Study study, StudyLog log, SimulatedClock clock, ISimulatedProgram program, SimulatedRunOptions options,
    CancellationToken cancellationToken)
{
    private const int MostCheckpointTexts = 1000;

    private readonly Dictionary<double, string> _checkpoints = [];
    private readonly RandomKey _root = RandomKey.FromSeed(options.Seed);
    private readonly PriorityQueue<SimulatedRun, (long Ticks, long Order)> _agenda = new();
    private int _free = options.Workers;
    private long _order;

    // Until when the study thinks about what it was asked before.
    private long _thinksUntil;

    // The sum of the moments up to which the runs under way have been charged for their time.
    private Int128 _charged;
    private StopReason _reason;

    /// <summary>Runs until nothing is under way and nothing more is to be started, or everything was cut.</summary>
    /// <returns>Why nothing more was started.</returns>
    internal async Task<StopReason> RunAsync()
    {
        try
        {
            await AssignAsync().ConfigureAwait(false);
            while (!cancellationToken.IsCancellationRequested && _agenda.TryPeek(out _, out var next))
            {
                var limits = options.CutsAtBudget ? await log.ReadAsync(SimulationLimits.Of).ConfigureAwait(false) : default;
                if (IsSpentBefore(next.Ticks, limits))
                    break;
                var run = _agenda.Dequeue();
                clock.AdvanceTo(next.Ticks);
                var goesOn = await ArriveAsync(run, limits).ConfigureAwait(false);
                await TellAsync(run).ConfigureAwait(false);
                if (!goesOn)
                    break;
                await AssignAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not JournalException)
        {
            await InterruptAsync(tells: false).ConfigureAwait(false);
            throw;
        }

        await InterruptAsync(tells: true).ConfigureAwait(false);
        return _reason != StopReason.None ? _reason : await log.ReadAsync(BudgetCheck.End).ConfigureAwait(false);
    }

    private async ValueTask InterruptAsync(bool tells)
    {
        while (_agenda.TryDequeue(out var run, out _))
        {
            await EndAsync(run, new ExecutionResult.Interrupted()).ConfigureAwait(false);
            if (tells)
                await TellAsync(run).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the caller what has become of a run.</summary>
    private ValueTask TellAsync(SimulatedRun run)
    {
        if (options.OnArrived is not { } callback || (run.Reported is null && !run.HasEnded))
            return ValueTask.CompletedTask;
        var arrival = new SimulatedArrival(run.Assignment, run.Reported, run.HasEnded);
        run.Reported = null;
        return callback(arrival);
    }

    /// <summary>Asks for those who are free.</summary>
    private async ValueTask AssignAsync()
    {
        while (_free > 0 && !cancellationToken.IsCancellationRequested)
        {
            var began = options.ThinkingClock?.GetTimestamp() ?? 0;
            switch (await AskAsync().ConfigureAwait(false))
            {
                case Turn.Run { Assignment: var assignment }:
                    _free--;
                    var thought = options.ThinkingClock?.GetElapsedTime(began) ?? TimeSpan.Zero;
                    var run = await BeginAsync(assignment, thought).ConfigureAwait(false);
                    options.OnAssigned?.Invoke(assignment, thought);

                    // A run whose first step cannot be made has ended already.
                    await TellAsync(run).ConfigureAwait(false);
                    break;
                case Turn.Finish { Reason: var reason }:
                    // The others that are free would be told the same; those that are busy ask once more.
                    _reason = _reason == StopReason.None ? reason : _reason;
                    _free = 0;
                    return;
                default:
                    return;
            }
        }
    }

    private async ValueTask<Turn> AskAsync()
    {
        try
        {
            return await study.TakeTurnAsync(options.Workers, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end between a reservation and its proposal.
            return new Turn.Wait();
        }
    }

    private async ValueTask<SimulatedRun> BeginAsync(Assignment assignment, TimeSpan thought)
    {
        var steps = program.RunAsync(assignment, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var run = new SimulatedRun(assignment, new(study, log, assignment), steps, _root, options.Faults, clock.Ticks);
        _charged += run.ChargedTicks;
        var delay = 0L;
        if (options.CountsThinking)
        {
            _thinksUntil = Math.Max(_thinksUntil, clock.Ticks) + thought.Ticks;
            delay = _thinksUntil - clock.Ticks;
        }

        await GoOnAsync(run, delay).ConfigureAwait(false);
        return run;
    }

    /// <summary>A run comes to the end of its step, or to its fate.</summary>
    /// <returns>Whether the simulation goes on; otherwise the budget is spent.</returns>
    private async ValueTask<bool> ArriveAsync(SimulatedRun run, SimulationLimits limits)
    {
        if (run.Near != SimulatedRun.Fate.Ends)
        {
            await EndAsync(
                run, run.Near == SimulatedRun.Fate.Fails
                    ? new ExecutionResult.Failed(FailureKind.Error, "simulated failure") : new ExecutionResult.Interrupted())
                .ConfigureAwait(false);
            return true;
        }

        if (run.Step.Measurement is not { } measurement)
        {
            await GoOnAsync(run, 0).ConfigureAwait(false);
            return true;
        }

        if (options.CutsAtBudget && IsExceededBy(run, measurement, limits))
        {
            await EndAsync(run, new ExecutionResult.Interrupted()).ConfigureAwait(false);
            return false;
        }

        try
        {
            await ReportAsync(run, measurement).ConfigureAwait(false);
        }
        catch (ProblemException exception)
        {
            await EndAsync(run, new ExecutionResult.Failed(FailureKind.Error, exception.Message)).ConfigureAwait(false);
        }
        catch (StaleTokenException)
        {
            await LeaveAsync(run).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask ReportAsync(SimulatedRun run, Measurement measurement)
    {
        var began = options.CountsThinking ? options.ThinkingClock!.GetTimestamp() : 0;
        var reported = measurement with { Elapsed = new TimeSpan(clock.Ticks - run.StartTicks).TotalSeconds };
        var decision = await run.Sink.ReportAsync(reported, CancellationToken.None).ConfigureAwait(false);
        _charged += clock.Ticks - run.ChargedTicks;
        run.ChargedTicks = clock.Ticks;
        run.Reported = reported;
        run.CountedResource = Math.Max(run.CountedResource, measurement.Resource ?? 0);
        run.CountedCost = Math.Max(run.CountedCost, CostOf(run, measurement) ?? 0);
        if (run.IsResumable && measurement.Resource is { } resource && (run.Step.SavesCheckpoint || decision == TrialDecision.Pause))
        {
            await run.Sink.SaveCheckpointAsync(CheckpointAt(resource), resource, CancellationToken.None).ConfigureAwait(false);
        }

        switch (decision)
        {
            case TrialDecision.Pause:
                await EndAsync(run, new ExecutionResult.Paused()).ConfigureAwait(false);
                break;
            case TrialDecision.Stop:
                await EndAsync(run, new ExecutionResult.Completed()).ConfigureAwait(false);
                break;
            default:
                await GoOnAsync(run, options.CountsThinking ? options.ThinkingClock!.GetElapsedTime(began).Ticks : 0).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Lets a run work on its next step.</summary>
    private async ValueTask GoOnAsync(SimulatedRun run, long delay)
    {
        try
        {
            if (await run.NextAsync().ConfigureAwait(false) is { } ticks)
            {
                _agenda.Enqueue(run, (clock.Ticks + delay + ticks, _order++));
                return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(run, new ExecutionResult.Interrupted()).ConfigureAwait(false);
            return;
        }
        catch (Exception exception)
        {
            await EndAsync(run, new ExecutionResult.Failed(FailureKind.Error, $"{exception.GetType().Name}: {exception.Message}"))
                .ConfigureAwait(false);
            return;
        }

        await EndAsync(run, new ExecutionResult.Completed()).ConfigureAwait(false);
    }

    private async ValueTask EndAsync(SimulatedRun run, ExecutionResult result)
    {
        try
        {
            await study.EndAsync(run.Assignment, result).ConfigureAwait(false);
        }
        catch (StaleTokenException)
        {
            // Somebody else has the trial by now: theirs counts.
        }

        await LeaveAsync(run).ConfigureAwait(false);
    }

    private ValueTask LeaveAsync(SimulatedRun run)
    {
        _free++;
        _charged -= run.ChargedTicks;
        return run.EndAsync();
    }

    private string CheckpointAt(double resource)
    {
        if (!_checkpoints.TryGetValue(resource, out var text) && _checkpoints.Count < MostCheckpointTexts)
            _checkpoints[resource] = text = FormattableString.Invariant($"at {resource}");
        return text ?? FormattableString.Invariant($"at {resource}");
    }

    private bool End(StopReason reason)
    {
        _reason = reason;
        return true;
    }
}
