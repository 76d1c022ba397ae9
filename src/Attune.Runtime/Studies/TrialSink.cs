using Attune.Events;
using Attune.Execution;
using Attune.Scheduling;

namespace Attune.Studies;

/// <summary>Takes what one run of a trial says.</summary>
internal sealed class TrialSink(Study study, StudyLog log, Assignment assignment) : IMeasurementSink
{
    public ValueTask<TrialDecision> ReportAsync(Measurement measurement, CancellationToken cancellationToken) =>
        study.ReportAsync(assignment.Trial, measurement, assignment.Token, cancellationToken);

    public async ValueTask SaveCheckpointAsync(string checkpoint, double? resource, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await AppendAsync(new CheckpointSaved(assignment.Trial, checkpoint, resource)).ConfigureAwait(false);
        log.Reach(CrashPoint.CheckpointSaved);
    }

    public async ValueTask LaunchedAsync(string host, int processId, long processStart, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        log.Reach(CrashPoint.LaunchBegun);
        await AppendAsync(new Launched(assignment.Trial, host, processId, processStart)).ConfigureAwait(false);
        log.Reach(CrashPoint.Launched);
    }

    private ValueTask<long> AppendAsync(TrialEvent payload) => log.CommitAsync(recorder =>
    {
        var trial = TrialEnd.Check(recorder, assignment.Trial, assignment.Token);
        return recorder.Append(payload, trial.Token);
    });
}
