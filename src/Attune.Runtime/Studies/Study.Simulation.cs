using Attune.Events;
using Attune.Simulation;
using Attune.Studies;

namespace Attune;

/// <content>Simulating.</content>
public sealed partial class Study
{
    /// <summary>
    /// Runs the study in simulated time, with any number of workers, on the thread of the caller: it asks, is told and decides as by
    /// <see cref="RunAsync"/>, but trials only say how long they work and what they report. On a journal in memory the same study with the
    /// same options gives the same journal, event by event. A study may be simulated again, to go on, for example with a larger budget.
    /// </summary>
    /// <param name="program">What trials do.</param>
    /// <param name="options">The workers, and what goes wrong.</param>
    /// <param name="cancellationToken">Ends the simulation between two events; runs under way are interrupted and run again when the study
    /// goes on.</param>
    /// <returns>How it ended. What a callback throws ends the simulation and is thrown here.</returns>
    /// <exception cref="ArgumentException">An option is not possible.</exception>
    /// <exception cref="InvalidOperationException">The study was not opened with a <see cref="SimulatedClock"/>.</exception>
    public async Task<RunSummary> SimulateAsync(
        ISimulatedProgram program, SimulatedRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new();
        options.Check();
        if (_options.Clock is not SimulatedClock clock)
        {
            throw new InvalidOperationException(
                $"A study is simulated by a simulated clock: create or open it with {nameof(StudyOptions)}.{nameof(StudyOptions.Clock)} "
                + $"set to a {nameof(SimulatedClock)}, not with {_options.Clock.GetType().Name}.");
        }

        if (cancellationToken.IsCancellationRequested)
            return await _log.CommitAsync(static recorder => new RunSummary(BudgetCheck.End(recorder), new(recorder.History)))
                .ConfigureAwait(false);
        await JoinAsync(CancellationToken.None).ConfigureAwait(false);
        await _log.CommitAsync(static recorder => recorder.History.IsStopRequested ? recorder.Append(new Continued()) : 0)
            .ConfigureAwait(false);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var listener = new RunListener(
            new() { Parallelism = options.Workers, OnTrialFinished = options.OnTrialFinished, OnEvent = options.OnEvent }, cancelling);
        _log.Committed += listener.Hear;
        try
        {
            var reason = await new Simulator(this, _log, clock, program, options, cancelling.Token).RunAsync().ConfigureAwait(false);
            listener.ThrowIfFailed();
            if (!cancelling.IsCancellationRequested)
                await RecordRecommendationAsync().ConfigureAwait(false);
            return new(reason, await SnapshotAsync(CancellationToken.None).ConfigureAwait(false));
        }
        finally
        {
            _log.Committed -= listener.Hear;
        }
    }
}
