using Attune.Events;
using Attune.Execution;
using Attune.Hosting;
using Attune.Sampling;
using Attune.Studies;

namespace Attune;

/// <content>Asking.</content>
public sealed partial class Study
{
    /// <summary>Asks for something to run: a lost trial again, a paused one on, or a new one. It never waits for other trials.</summary>
    /// <param name="hold">
    /// How long the trial is kept for its asker after this object is gone, <see cref="Timeout.InfiniteTimeSpan"/> for ever; null to keep it
    /// as long as this object lives.
    /// </param>
    /// <param name="cancellationToken">Gives up; a number that was reserved already is proposed by the next asker.</param>
    /// <returns>What to run; null when there is nothing to run now, or nothing more (see <see cref="StopReasonAsync"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time to hold it is not positive.</exception>
    /// <exception cref="Journals.JournalException">The store failed.</exception>
    /// <exception cref="SpaceException">The constraints leave (almost) nothing to propose.</exception>
    public async ValueTask<Assignment?> AskAsync(TimeSpan? hold = null, CancellationToken cancellationToken = default)
    {
        if (hold <= TimeSpan.Zero && hold != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(
                nameof(hold), hold, "A trial is held for a positive time, or for ever (Timeout.InfiniteTimeSpan).");
        if (await TakeTurnAsync(_options.Parallelism, cancellationToken).ConfigureAwait(false)
            is not Turn.Run { Assignment: var assignment })
            return null;
        if (hold is { } duration)
        {
            try
            {
                await _liveness.HoldAsync(assignment.Trial, assignment.Token, duration, CancellationToken.None).ConfigureAwait(false);
            }
            catch
            {
                // The asker is not told of its trial, so nobody would run it.
                _turns.Drop(assignment.Trial, assignment.Token);
                throw;
            }

            if (Remember(assignment.Trial, assignment.Token))
                await _log.CommitAsync(ForgetHeld).ConfigureAwait(false);
        }

        return assignment;
    }

    /// <summary>Why the study starts nothing new; none while it does.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<StopReason> StopReasonAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _log.ReadAsync(recorder =>
            BudgetCheck.End(recorder) is not StopReason.None and var end ? end : BudgetCheck.NoNewTrial(recorder.History))
            .ConfigureAwait(false);
    }

    internal async ValueTask<Turn> TakeTurnAsync(int parallelism, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await JoinAsync(cancellationToken).ConfigureAwait(false);
        _log.Reach(CrashPoint.AskBegun);
        while (true)
        {
            var turn = await _log.CommitAsync(recorder => _turns.Take(recorder, parallelism, _log.FreeSampler)).ConfigureAwait(false);
            switch (turn)
            {
                case Turn.EndSurvivor { Program: var program }:
                    await _options.Processes.EndSurvivorAsync(
                        program.Host, program.ProcessId, program.ProcessStart, cancellationToken).ConfigureAwait(false);
                    _turns.HasEnded(program);
                    continue;
                case Turn.Propose propose:
                    _log.Reach(CrashPoint.Reserved);
                    if (await ProposeAsync(propose, parallelism, cancellationToken).ConfigureAwait(false) is { } proposed)
                        return proposed;
                    continue;
                case Turn.Run:
                    _log.Reach(CrashPoint.Started);
                    return turn;
                default:
                    return turn;
            }
        }
    }

    /// <returns>What to do; null when the number was given to another worker meanwhile.</returns>
    private async ValueTask<Turn?> ProposeAsync(Turn.Propose turn, int parallelism, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await using var turnstile = await _proposer.EnterAsync(cancellationToken).ConfigureAwait(false);

                // Taken while nobody derives: a feed that is being derived may not know of the trial yet.
                var feed = await _log.ReadAsync(_ => _log.Feed).ConfigureAwait(false);
                var (basis, proposal) = Propose(feed, turn.Trial, parallelism);
                _log.Reach(CrashPoint.Computed);
                var next = await _log.CommitAsync(recorder =>
                {
                    // Everything was derived anew in between (a write failed, another sampler took over): the proposal may rest on what was
                    // never written. A point of a space that was revised in between is none of the new space.
                    if (!ReferenceEquals(feed, _log.Feed) || (feed is not null && feed.SpaceRevision != recorder.History.SpaceRevision))
                        return null;

                    // Another process proposed meanwhile, since the lease was lost: this proposal does not know of that one, and might be
                    // the same.
                    if (feed is not null && _log.LastProposal > basis)
                        return null;
                    return feed is null ? RecordFree(recorder, turn, parallelism) : Record(recorder, turn, feed.Sampler, basis, proposal);
                }).ConfigureAwait(false);
                if (next is null)
                    continue;
                _log.Reach(CrashPoint.Started);
                return next;
            }
        }
        catch (StaleTokenException)
        {
            return null;
        }
        catch
        {
            _turns.Drop(turn.Trial, turn.Token);
            throw;
        }
    }

    private (long Basis, Proposal? Proposal) Propose(SamplerFeed? feed, int trial, int parallelism)
    {
        try
        {
            return feed?.Propose(trial, parallelism) ?? default;
        }
        catch
        {
            // It may have observed half of what there was to observe.
            _log.Distrust();
            throw;
        }
    }

    /// <summary>Proposes for a number that somebody reserved for a sampler that reads history, by one that does not.</summary>
    private Turn RecordFree(Recorder recorder, Turn.Propose turn, int parallelism)
    {
        var history = recorder.History;
        var sampler = _log.FreeSampler!;
        var trial = history.Trials[turn.Trial];
        var proposals = sampler.Propose(new(history, turn.Trial, trial.SamplerIndex, trial.Target, parallelism), 1);
        return Record(recorder, turn, sampler, history.Position, proposals.Count == 0 ? null : proposals[0]);
    }

    private static Turn Record(Recorder recorder, Turn.Propose turn, ISampler sampler, long basis, Proposal? proposal)
    {
        var trial = recorder.History.Trials[turn.Trial];
        if (trial.Token != turn.Token || trial.State != TrialState.Reserved)
            throw new StaleTokenException(
                turn.Trial, $"The number {turn.Trial} was given to another worker while this one proposed. Ask again.");
        if (proposal is not { } made)
        {
            if (!recorder.History.IsExhausted)
                recorder.Append(new SamplerExhausted());
            recorder.Append(new Failed(turn.Trial, FailureKind.Cancelled, "the sampler has nothing more to propose", WillRetry: false),
                turn.Token);
            return new Turn.Wait();
        }

        TurnTaker.CheckLegal(recorder.History, sampler, made.Configuration);
        recorder.Append(
            new Proposed(turn.Trial, made.Configuration, basis, 0, sampler.Descriptor, Fingerprint.Current, made.Annotation), turn.Token);
        return TurnTaker.Start(recorder, turn.Trial, turn.Token, trial.Attempt, trial.Target, turn.Basis, trial.Step);
    }
}
