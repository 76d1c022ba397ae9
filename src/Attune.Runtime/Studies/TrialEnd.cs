using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Scheduling;

namespace Attune.Studies;

/// <summary>What is said about a running trial: checked against its token, then recorded.</summary>
internal static class TrialEnd
{
    /// <summary>The trial, if whoever speaks for it may.</summary>
    /// <param name="recorder">The pen.</param>
    /// <param name="number">The number of the trial.</param>
    /// <param name="token">The fencing token; null to speak for whoever has it now.</param>
    /// <exception cref="StaleTokenException">The trial was given to somebody else, does not run, or does not exist.</exception>
    internal static Trial Check(Recorder recorder, int number, int? token)
    {
        if (number < 0 || number >= recorder.History.Trials.Count)
            throw new StaleTokenException(number, $"There is no trial {number}; the study has {recorder.History.Trials.Count}.");
        var trial = recorder.History.Trials[number];
        if (token is { } claimed && claimed != trial.Token)
        {
            throw new StaleTokenException(
                number, $"Trial {number} was given to another worker ({trial.Worker}, token {trial.Token}); "
                + $"token {claimed} is no longer valid. Drop this run.");
        }

        return trial.State == TrialState.Running
            ? trial
            : throw new StaleTokenException(number, $"Trial {number} does not run: {Describe(trial)}.");
    }

    internal static TrialDecision Report(Recorder recorder, int number, int? token, Measurement measurement)
    {
        var trial = Check(recorder, number, token);
        CheckResource(recorder.History.Problem, trial, measurement);
        var sequence = trial.Measurements.Count == 0 ? 0 : trial.Measurements[^1].Sequence + 1;
        var stamped = measurement with { Sequence = sequence, Attempt = trial.Attempt };
        var basis = recorder.Append(new Measured(number, stamped), trial.Token);
        var decision = recorder.Scheduler.OnMeasurement(recorder.History.Trials[number], stamped, recorder.ScheduleContext);
        if (decision != TrialDecision.Continue)
            recorder.Append(new Decided(number, decision, basis), trial.Token, basis);
        return decision;
    }

    internal static Trial Complete(Recorder recorder, int number, int? token, MetricValues? metrics)
    {
        // Telling twice is harmless; telling something else is not.
        if (number >= 0 && number < recorder.History.Trials.Count
            && recorder.History.Trials[number] is { State: TrialState.Completed or TrialState.Stopped } told
            && (token is null || token == told.Token))
        {
            return metrics is null || (told.Measurements.Count > 0 && told.Measurements[^1].Metrics.Equals(metrics))
                ? told
                : throw new StaleTokenException(number, $"Trial {number} was told already, with other values: {Describe(told)}.");
        }

        var trial = Check(recorder, number, token);
        if (metrics is not null)
        {
            var sequence = trial.Measurements.Count == 0 ? 0 : trial.Measurements[^1].Sequence + 1;
            var resource = FinalResource(recorder.History.Problem, trial);
            recorder.Append(
                new Measured(number, new(metrics) { Sequence = sequence, Attempt = trial.Attempt, Resource = resource }), trial.Token);
        }

        var losses = recorder.History.Trials[number].Losses;
        if (losses.IsEmpty)
            return Fail(recorder, number, token, FailureKind.MissingMetric, Missing(recorder.History, recorder.History.Trials[number]));
        recorder.Append(new Finished(number, Stopped: trial.Decision == TrialDecision.Stop), trial.Token);
        return recorder.History.Trials[number];
    }

    internal static Trial Fail(Recorder recorder, int number, int? token, FailureKind kind, string reason)
    {
        if (number >= 0 && number < recorder.History.Trials.Count && recorder.History.Trials[number] is { State: TrialState.Failed } told
            && (token is null || token == told.Token) && told.Failure == new Failure(kind, reason))
        {
            return told;
        }

        var trial = Check(recorder, number, token);
        var willRetry = kind != FailureKind.Cancelled && trial.Attempt < recorder.History.Definition.Retries.FailedAttempts;
        recorder.Append(new Failed(number, kind, reason, willRetry), trial.Token);
        return recorder.History.Trials[number];
    }

    internal static Trial Pause(Recorder recorder, int number, int? token)
    {
        var trial = Check(recorder, number, token);
        recorder.Append(new Paused(number), trial.Token);
        return recorder.History.Trials[number];
    }

    /// <summary>Gives a trial back before its end: its next run is the same attempt.</summary>
    internal static Trial Interrupt(Recorder recorder, int number, int? token, string reason)
    {
        var trial = Check(recorder, number, token);
        recorder.Append(new Lost(number, reason, WillRetry: true, Interrupted: true), trial.Token);
        return recorder.History.Trials[number];
    }

    /// <summary>Gives back a running trial, or a reserved number that somebody else may propose for.</summary>
    internal static void GiveBack(Recorder recorder, Trial trial, string reason) =>
        recorder.Append(new Lost(trial.Number, reason, WillRetry: true, Interrupted: trial.State == TrialState.Running), trial.Token);

    /// <summary>Marks trials lost whose workers are dead, unless something has happened to them meanwhile.</summary>
    internal static int Lose(Recorder recorder, IReadOnlyList<(int Trial, int Token, string Reason)> dead)
    {
        var count = 0;
        foreach (var (number, token, reason) in dead)
        {
            var trial = recorder.History.Trials[number];
            if (trial.State != TrialState.Running || trial.Token != token)
                continue;
            recorder.Append(new Lost(number, reason, trial.Attempt < recorder.History.Definition.Retries.LostAttempts), token);
            count++;
        }

        return count;
    }

    private static double? FinalResource(Problem problem, Trial trial) =>
        problem.Fidelity is { } fidelity ? trial.Target ?? fidelity.High : null;

    private static void CheckResource(Problem problem, Trial trial, Measurement measurement)
    {
        if (measurement.Resource is not { } resource)
            return;
        if (!double.IsFinite(resource) || resource < 0)
        {
            throw new ProblemException(
                FormattableString.Invariant($"Trial {trial.Number} reported the resource {resource}; it must be finite and not negative."));
        }

        if (problem.Fidelity is { } fidelity && resource > fidelity.High)
        {
            throw new ProblemException(FormattableString.Invariant(
                $"Trial {trial.Number} reported {fidelity.Name} {resource}, above the most there is, {fidelity.High}."));
        }

        if (trial.Measurements.Count > 0 && trial.Measurements[^1] is { Resource: { } last } before && before.Attempt == trial.Attempt
            && resource < last && problem.Fidelity is null or { IsResumable: true })
        {
            throw new ProblemException(FormattableString.Invariant(
                $"Trial {trial.Number} reported the resource {resource} after {last}; resources of one run may not decrease."));
        }
    }

    private static string Missing(History history, Trial trial)
    {
        var missing = history.Problem.Objectives.Select(objective => objective.Metric)
            .Where(metric => !trial.Measurements.Any(measurement => measurement.Metrics.TryGet(metric, out _))).ToArray();
        var seen = trial.Measurements.SelectMany(measurement => measurement.Metrics.Select(pair => pair.Key)).Distinct().ToArray();
        var fidelity = history.Problem.Fidelity;
        var reported = seen.Length == 0 ? "it reported nothing" : $"it reported {string.Join(", ", seen)}";
        return missing.Length == 0
            ? FormattableString.Invariant(
                $"It ended before full fidelity ({fidelity?.Name} {fidelity?.High}), where its value counts.")
            : $"It ended without the metric '{string.Join("', '", missing)}'; {reported}.";
    }

    private static string Describe(Trial trial) => trial switch
    {
        { State: TrialState.Failed or TrialState.Lost, Failure: { } failure } =>
            $"{Serialization.JsonNames.Of(trial.State)} ({failure.Reason})",
        _ => Serialization.JsonNames.Of(trial.State),
    };
}
