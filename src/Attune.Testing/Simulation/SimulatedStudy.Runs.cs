using Attune.Events;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Testing;

/// <content>What happens to a trial once it is proposed.</content>
public sealed partial class SimulatedStudy
{
    private const double DetectionDelay = 2.5;

    private enum Fate
    {
        Completes,
        Fails,
        IsLost,
        IsInterrupted,
    }

    private void Accept(string worker, int number, int token, long basis, Proposal? proposal, bool isProposal)
    {
        if (proposal is { } accepted)
        {
            Append(worker, token, new Proposed(
                number, accepted.Configuration, basis, 0, isProposal ? _sampler.Descriptor : null, "simulated", accepted.Annotation));
            var trial = History.Trials[number];
            Append(worker, token, new Started(number, 1, trial.Target, basis, trial.Step));
            Run(worker, number, token, 0);
            return;
        }

        Append(worker, token, new Lost(number, "the sampler has nothing more to propose", WillRetry: false));
        Append(worker, 0, new SamplerExhausted());
        After(0, () => Work(worker));
    }

    private void Restart(string worker, Trial trial)
    {
        var attempt = trial.IsInterrupted ? trial.Attempt : trial.Attempt + 1;
        Append(worker, trial.Token + 1, new Started(trial.Number, attempt, trial.Target, 0, trial.Step));
        var from = History.Problem.Fidelity is { IsResumable: true } ? trial.CheckpointResource ?? 0 : 0;
        Run(worker, trial.Number, trial.Token + 1, from);
    }

    private void Resume(string worker, SchedulerAction.Resume resume)
    {
        if (!History.Paused.Contains(resume.Trial))
            throw new InvalidOperationException(
                $"The scheduler '{_scheduler.Descriptor}' resumes trial {resume.Trial}, which is not paused.");
        var trial = History.Trials[resume.Trial];
        Append(worker, trial.Token + 1, new Resumed(trial.Number, resume.Resource, History.Position, resume.Step, resume.Configuration));
        Run(worker, trial.Number, trial.Token + 1, History.Problem.Fidelity is { IsResumable: true } ? trial.Resource ?? 0 : 0);
    }

    private void Run(string worker, int number, int token, double from)
    {
        var draw = _chance.NextDouble();
        var fate = draw < _options.LossRate ? Fate.IsLost
            : draw < _options.LossRate + _options.InterruptionRate ? Fate.IsInterrupted
            : draw < _options.LossRate + _options.InterruptionRate + _options.FailureRate ? Fate.Fails
            : Fate.Completes;
        var pace = (0.5 + _chance.NextDouble()) * (Happens(_options.LateRate) ? 10 : 1);
        var fidelity = History.Problem.Fidelity;
        var target = History.Trials[number].Target ?? fidelity?.High;
        var steps = fidelity is null ? 1 : Math.Max(1, (int)Math.Ceiling(target!.Value - from));
        var last = fate == Fate.Completes ? steps : _chance.NextInt(steps + 1);
        Step(1);

        void Step(int step) => After(pace, () =>
        {
            if (step > last)
                End(worker, number, token, fate);
            else if (Measure(worker, number, token, fidelity is null ? null : Math.Min(from + step, target!.Value)))
                Step(step + 1);
        });
    }

    /// <summary>Measures once; whether the trial goes on.</summary>
    private bool Measure(string worker, int number, int token, double? resource)
    {
        var trial = History.Trials[number];
        var metrics = _problem.Evaluate(Known(trial.Configuration!), resource, Keys.EvaluationSeed(History.Seed, number));
        var measurement = new Measurement(metrics) { Resource = resource, Sequence = trial.Measurements.Count, Attempt = trial.Attempt };
        Append(worker, token, new Measured(number, measurement));
        if (History.Problem.Fidelity is { IsResumable: true } && Happens(0.5))
            Append(worker, token, new CheckpointSaved(number, $"checkpoint-{number}", resource));
        var decision = _scheduler.OnMeasurement(History.Trials[number], measurement, new(History));
        if (decision == TrialDecision.Continue)
            return true;
        Append(worker, token, new Decided(number, decision, History.Position));
        Append(worker, token, decision == TrialDecision.Pause ? new Paused(number) : new Finished(number, Stopped: true));
        After(0, () => Work(worker));
        return false;
    }

    // A revision adds parameters that the test problem does not know.
    private Configuration Known(Configuration configuration)
    {
        var space = _problem.Problem.Space;
        return ReferenceEquals(configuration.Space, space)
            ? configuration
            : space.Adopt(configuration, System.Collections.Immutable.ImmutableDictionary<string, ParameterValue>.Empty);
    }

    private void End(string worker, int number, int token, Fate fate)
    {
        var trial = History.Trials[number];
        switch (fate)
        {
            case Fate.Fails:
                Append(worker, token,
                    new Failed(number, FailureKind.Error, "simulated failure", trial.Attempt < _options.Retries.FailedAttempts));
                break;
            case Fate.IsInterrupted:
                Append(worker, token, new Lost(number, "given back", WillRetry: true, Interrupted: true));
                break;
            case Fate.IsLost:
                After(DetectionDelay, () => Append(
                    "watcher", token, new Lost(number, "the lease expired", trial.Attempt < _options.Retries.LostAttempts)));
                break;
            default:
                Append(worker, token, new Finished(number));
                break;
        }

        After(0, () => Work(worker));
    }
}
