using System.Globalization;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Hosting;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Studies;

/// <summary>
/// Decides, with the journal held, what an asker does next: runs what was lost, proposes what was only reserved, or what the scheduler
/// says.
/// </summary>
internal sealed class TurnTaker(Liveness liveness, string host)
{
    private readonly HashSet<Launched> _ended = [];
    private readonly List<(int Trial, int Token)> _dropped = [];

    /// <summary>
    /// Nobody here works on a trial any more, and that is not written: a proposal failed, or the end of a run could not be recorded.
    /// </summary>
    internal void Drop(int trial, int token)
    {
        lock (_dropped)
            _dropped.Add((trial, token));
    }

    /// <summary>Gives back what this worker has by the journal, but what nobody here works on.</summary>
    internal void GiveBack(Recorder recorder)
    {
        lock (_dropped)
        {
            _dropped.AddRange(recorder.Unanswered);
            recorder.Unanswered.Clear();
            for (var i = _dropped.Count - 1; i >= 0; i--)
            {
                // What is given back stays on the list until that has been written.
                if (!TryGiveBack(recorder, _dropped[i].Trial, _dropped[i].Token))
                    _dropped.RemoveAt(i);
            }
        }
    }

    /// <summary>A program that a lost worker left behind is gone.</summary>
    internal void HasEnded(Launched program)
    {
        lock (_ended)
            _ended.Add(program);
    }

    /// <summary>How many programs are remembered as gone.</summary>
    internal int EndedCount
    {
        get
        {
            lock (_ended)
                return _ended.Count;
        }
    }

    internal Turn Take(Recorder recorder, int parallelism, ISampler? freeSampler)
    {
        var history = recorder.History;
        GiveBack(recorder);
        Forget(history);
        if (BudgetCheck.End(recorder) is not StopReason.None and var end)
            return new Turn.Finish(end);
        if (history.AwaitingRetry.Count > 0)
            return RunAgain(recorder, history.Trials[history.AwaitingRetry[0]]);
        if (Orphan(history) is { } orphan)
            return ReserveAgain(recorder, orphan, parallelism);

        var action = recorder.Scheduler.Next(recorder.ScheduleContext);
        if (action is SchedulerAction.Start { Resource: var wanted })
            CheckResource(recorder, wanted);
        switch (action)
        {
            case SchedulerAction.Resume resume:
                return Resume(recorder, resume);
            case SchedulerAction.Start when BudgetCheck.NoNewTrial(history) is not StopReason.None and var reason:
                return WaitOrFinish(history, reason);
            case SchedulerAction.Start start when history.Queue.Count > 0:
                return StartQueued(recorder, history.Queue[0], start, parallelism);
            case SchedulerAction.Start start:
                return freeSampler is null ? Reserve(recorder, start, parallelism) : StartFree(recorder, start, freeSampler, parallelism);
            case SchedulerAction.Finish:
                return WaitOrFinish(history, StopReason.Scheduler);
            default:
                // A scheduler that waits although nothing is under way would wait for ever.
                return WaitOrFinish(history, history.Running.Count + history.Reserved.Count == 0 ? StopReason.Scheduler : StopReason.None);
        }
    }

    /// <summary>Begins to run a proposed trial.</summary>
    internal static Turn.Run Start(Recorder recorder, int number, int token, int attempt, double? resource, long basis, ScheduleStep? step)
    {
        recorder.Append(new Started(number, attempt, resource, basis, step), token);
        return new(Assign(recorder.History, recorder.History.Trials[number]));
    }

    /// <summary>Refuses an illegal proposal before anything is written.</summary>
    /// <exception cref="InvalidOperationException">The sampler has a defect.</exception>
    internal static void CheckLegal(History history, ISampler sampler, Configuration configuration)
    {
        if (history.Problem.Space.Validate(configuration) is { } problem)
            throw new InvalidOperationException(
                $"The sampler {sampler.Descriptor} proposed an illegal configuration ({configuration}): {problem}.");
    }

    private static Assignment Assign(History history, Trial trial) => new(
        trial.Number, trial.Token, trial.Attempt, trial.Configuration!, history.Problem, Keys.EvaluationSeed(history.Seed, trial.Number))
    {
        Resource = trial.Target,
        Checkpoint = trial.Checkpoint,
        FromResource = trial.CheckpointResource,
    };

    private Turn RunAgain(Recorder recorder, Trial trial)
    {
        if (recorder.History.Programs.TryGetValue(trial.Number, out var program) && program.Host == host)
        {
            lock (_ended)
            {
                if (!_ended.Contains(program))
                    return new Turn.EndSurvivor(program);
            }
        }

        var attempt = trial.IsInterrupted ? trial.Attempt : trial.Attempt + 1;
        return Start(recorder, trial.Number, trial.Token + 1, attempt, trial.Target, 0, step: null);
    }

    private Trial? Orphan(History history)
    {
        for (var i = 0; i < history.Reserved.Count; i++)
        {
            var trial = history.Trials[history.Reserved[i]];
            if (trial.Worker is null || liveness.IsDead(trial.Worker))
                return trial;
        }

        return null;
    }

    private static Turn.Propose ReserveAgain(Recorder recorder, Trial trial, int parallelism)
    {
        var (token, basis) = (trial.Token + 1, recorder.History.Position);
        recorder.Append(
            new Reserved(trial.Number, trial.Origin, trial.SamplerIndex, trial.QueuePosition ?? 0, parallelism, trial.Target, trial.Step),
            token);
        return new(trial.Number, token, basis);
    }

    private static Turn.Run Resume(Recorder recorder, SchedulerAction.Resume resume)
    {
        var history = recorder.History;
        if (!history.Paused.Contains(resume.Trial))
            throw new InvalidOperationException(
                $"The scheduler {recorder.Scheduler.Descriptor} resumes trial {resume.Trial}, which is not paused.");
        if (resume.Configuration is { } changed && history.Problem.Space.Validate(changed) is { } problem)
        {
            throw new InvalidOperationException(
                $"The scheduler {recorder.Scheduler.Descriptor} resumes trial {resume.Trial} with an illegal configuration "
                + $"({changed}): {problem}.");
        }

        CheckResource(recorder, resume.Resource);
        var token = history.Trials[resume.Trial].Token + 1;
        recorder.Append(new Resumed(resume.Trial, resume.Resource, history.Position, resume.Step, resume.Configuration), token);
        return new(Assign(history, history.Trials[resume.Trial]));
    }

    /// <summary>Refuses what no trial can reach before anything is written.</summary>
    /// <exception cref="InvalidOperationException">The scheduler has a defect.</exception>
    private static void CheckResource(Recorder recorder, double? resource)
    {
        if (resource is not { } value)
            return;
        var fidelity = recorder.History.Problem.Fidelity;
        if (!(value > 0 && double.IsFinite(value)) || value > fidelity?.High)
        {
            var limit = fidelity is null ? "" : FormattableString.Invariant($" and at most {fidelity.High} ({fidelity.Name})");
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The scheduler {recorder.Scheduler.Descriptor} gives a trial the resource {value}; it must be positive{limit}."));
        }
    }

    private static Turn.Run StartQueued(Recorder recorder, QueuedConfiguration queued, SchedulerAction.Start start, int parallelism)
    {
        var (number, basis) = (recorder.History.Trials.Count, recorder.History.Position);
        recorder.Append(new Reserved(number, TrialOrigin.Enqueued, -1, queued.Position, parallelism, start.Resource, start.Step), token: 1);
        var configuration = Current(queued.Configuration, recorder.History.Problem.Space);
        recorder.Append(new Proposed(number, configuration, basis, 0, Sampler: null, Fingerprint.Current), token: 1, queued.Position);
        return Start(recorder, number, token: 1, attempt: 1, start.Resource, basis, start.Step);
    }

    /// <summary>What was enqueued before the space was revised takes the defaults of new parameters.</summary>
    private static Configuration Current(Configuration queued, SearchSpace space) => ReferenceEquals(queued.Space, space)
        ? queued
        : space.Adopt(queued, System.Collections.Immutable.ImmutableDictionary<string, ParameterValue>.Empty);

    private static Turn.Propose Reserve(Recorder recorder, SchedulerAction.Start start, int parallelism)
    {
        var history = recorder.History;
        var (number, basis) = (history.Trials.Count, history.Position);
        recorder.Append(new Reserved(number, TrialOrigin.Sampler, history.SamplerIndex, 0, parallelism, start.Resource, start.Step),
            token: 1);
        return new(number, Token: 1, basis);
    }

    private Turn StartFree(Recorder recorder, SchedulerAction.Start start, ISampler sampler, int parallelism)
    {
        var history = recorder.History;
        var (number, index, basis) = (history.Trials.Count, history.SamplerIndex, history.Position);
        var proposals = sampler.Propose(new(history, number, index, start.Resource, parallelism), 1);
        if (proposals.Count == 0)
        {
            recorder.Append(new SamplerExhausted());
            return WaitOrFinish(history, StopReason.Exhausted);
        }

        CheckLegal(history, sampler, proposals[0].Configuration);
        recorder.Append(new Reserved(number, TrialOrigin.Sampler, index, 0, parallelism, start.Resource, start.Step), token: 1);
        recorder.Append(
            new Proposed(number, proposals[0].Configuration, basis, 0, sampler.Descriptor, Fingerprint.Current, proposals[0].Annotation),
            token: 1);
        return Start(recorder, number, token: 1, attempt: 1, start.Resource, basis, start.Step);
    }

    /// <summary>Forgets the programs that are gone of trials that have ended or have another one.</summary>
    private void Forget(History history)
    {
        lock (_ended)
        {
            if (_ended.Count > 0)
                _ended.RemoveWhere(program => history.Programs.GetValueOrDefault(program.Trial) != program);
        }
    }

    private static bool TryGiveBack(Recorder recorder, int number, int token)
    {
        if (number >= recorder.History.Trials.Count)
            return false;
        var trial = recorder.History.Trials[number];
        if (trial.Worker != recorder.Writer || trial.Token != token || trial.State is not (TrialState.Running or TrialState.Reserved))
            return false;
        TrialEnd.GiveBack(recorder, trial, "nobody works on it since a proposal or a write failed");
        return true;
    }

    private Turn WaitOrFinish(History history, StopReason reason) =>
        reason == StopReason.None || history.Reserved.Count + history.AwaitingRetry.Count > 0
            || history.Running.Any(number => IsAwaited(number, history))
            ? new Turn.Wait()
            : new Turn.Finish(reason);

    // A run that waited for a trial asked by hand might wait for ever.
    private bool IsAwaited(int number, History history) => !liveness.IsHeldByHand(history.Trials[number]);
}
