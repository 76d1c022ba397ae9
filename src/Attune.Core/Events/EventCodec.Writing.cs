using System.Text.Json;
using Attune.Serialization;

namespace Attune.Events;

public sealed partial class EventCodec
{
    private string Write(Utf8JsonWriter writer, StudyEvent payload)
    {
        switch (payload)
        {
            case StudyCreated created:
                DefinitionJson.Write(writer, created.Definition);
                return "created";
            case WriterJoined { Writer: var identity }:
                writer.WriteString("name", identity.Name);
                writer.WriteString("host", identity.Host);
                writer.WriteNumber("pid", identity.ProcessId);
                writer.WriteNumber("start", identity.ProcessStart);
                writer.WriteString("fingerprint", identity.Fingerprint);
                return "joined";
            case Ticked:
                return "ticked";
            case WriterLeft:
                return "left";
            case Enqueued enqueued:
                WriteConfiguration(writer, enqueued.Configuration);
                writer.WriteOptional("note", enqueued.Note);
                return "enqueued";
            case BudgetChanged changed:
                writer.WritePropertyName("budget");
                DefinitionJson.WriteBudget(writer, changed.Budget);
                writer.WriteUnless("declared", changed.IsDeclared, false);
                return "budget-changed";
            case SamplerChanged changed:
                writer.WritePropertyName("sampler");
                DefinitionJson.WriteMethod(writer, changed.Sampler);
                return "sampler-changed";
            case SpaceRevised revised:
                writer.WritePropertyName("space");
                SpaceJson.Write(writer, revised.Space);
                writer.WriteStartObject("fill");
                foreach (var (name, value) in revised.Fill)
                {
                    writer.WritePropertyName(name);
                    ConfigurationJson.WriteValue(writer, value);
                }

                writer.WriteEndObject();
                return "space-revised";
            case StopRequested stop:
                writer.WriteUnless("cancel", stop.CancelRunning, false);
                return "stop-requested";
            case Continued:
                return "continued";
            case SamplerExhausted:
                return "sampler-exhausted";
            case TrialEvent trialEvent:
                return WriteTrialEvent(writer, trialEvent);
            default:
                throw new ArgumentException($"Events of the type {payload.GetType().Name} have no format.", nameof(payload));
        }
    }

    private string WriteTrialEvent(Utf8JsonWriter writer, TrialEvent payload)
    {
        switch (payload)
        {
            case Reserved reserved:
                writer.WriteUnless("origin", reserved.Origin, TrialOrigin.Sampler);
                writer.WriteUnless("index", reserved.SamplerIndex, -1);
                writer.WriteUnless("queue", reserved.QueuePosition, 0);
                writer.WriteUnless("parallelism", reserved.Parallelism, 1);
                writer.WriteOptional("resource", reserved.Resource);
                WriteStep(writer, reserved.Step);
                return "reserved";
            case Proposed proposed:
                writer.WriteNumber("basis", proposed.Basis);
                writer.WriteUnless("batch", proposed.BatchIndex, 0);
                WriteConfiguration(writer, proposed.Configuration);
                if (proposed.Sampler is { } sampler)
                {
                    writer.WritePropertyName("sampler");
                    DefinitionJson.WriteMethod(writer, sampler);
                }

                writer.WriteString("fingerprint", proposed.Fingerprint);
                if (proposed.Annotation is { } annotation)
                {
                    writer.WritePropertyName("annotation");
                    writer.WriteRawValue(annotation);
                }

                return "proposed";
            case Started started:
                writer.WriteUnless("attempt", started.Attempt, 1);
                writer.WriteOptional("resource", started.Resource);
                writer.WriteUnless("basis", started.Basis, 0);
                WriteStep(writer, started.Step);
                return "started";
            case Resumed resumed:
                writer.WriteOptional("resource", resumed.Resource);
                writer.WriteNumber("basis", resumed.Basis);
                WriteStep(writer, resumed.Step);
                if (resumed.Configuration is { } changed)
                    WriteConfiguration(writer, changed);
                return "resumed";
            case Launched launched:
                writer.WriteString("host", launched.Host);
                writer.WriteNumber("pid", launched.ProcessId);
                writer.WriteNumber("start", launched.ProcessStart);
                return "launched";
            case Measured measured:
                MeasurementJson.Write(writer, measured.Measurement);
                return "measured";
            case CheckpointSaved saved:
                writer.WriteString("checkpoint", saved.Checkpoint);
                writer.WriteOptional("resource", saved.Resource);
                return "checkpoint-saved";
            case Decided decided:
                writer.WriteString("decision", JsonNames.Of(decided.Decision));
                writer.WriteNumber("basis", decided.Basis);
                WriteStep(writer, decided.Step);
                return "decided";
            case Paused:
                return "paused";
            case Finished finished:
                writer.WriteUnless("stopped", finished.Stopped, false);
                return "finished";
            case Failed failed:
                writer.WriteString("kind", JsonNames.Of(failed.Kind));
                writer.WriteString("reason", failed.Reason);
                writer.WriteUnless("retry", failed.WillRetry, false);
                return "failed";
            case Lost lost:
                writer.WriteString("reason", lost.Reason);
                writer.WriteUnless("retry", lost.WillRetry, false);
                writer.WriteUnless("interrupted", lost.Interrupted, false);
                return "lost";
            case FinalEvaluated evaluated:
                writer.WriteString("evaluation", evaluated.Evaluation);
                MeasurementJson.WriteMetrics(writer, "metrics", evaluated.Metrics);
                if (evaluated.Failure is { } failure)
                {
                    writer.WriteStartObject("failure");
                    writer.WriteString("kind", JsonNames.Of(failure.Kind));
                    writer.WriteString("reason", failure.Reason);
                    writer.WriteEndObject();
                }

                return "final-evaluated";
            case Recommended recommended:
                writer.WriteNumber("basis", recommended.Basis);
                writer.WriteString("method", recommended.Method);
                writer.WriteOptional("mean", recommended.Mean);
                writer.WriteOptional("low", recommended.Low);
                writer.WriteOptional("high", recommended.High);
                writer.WriteOptional("level", recommended.Level);
                return "recommended";
            default:
                throw new ArgumentException($"Events of the type {payload.GetType().Name} have no format.", nameof(payload));
        }
    }

    private void WriteConfiguration(Utf8JsonWriter writer, Configuration configuration)
    {
        var revision = _spaces.FindLastIndex(space => ReferenceEquals(space, configuration.Space));
        writer.WriteUnless("revision", revision < 0 ? Math.Max(0, _spaces.Count - 1) : revision, 0);
        writer.WritePropertyName("configuration");
        ConfigurationJson.Write(writer, configuration);
    }

    private static void WriteStep(Utf8JsonWriter writer, ScheduleStep? step)
    {
        if (step is null)
            return;
        writer.WriteStartObject("step");
        writer.WriteNumber("bracket", step.Bracket);
        writer.WriteNumber("rung", step.Rung);
        writer.WriteNumber("from", step.From);
        writer.WriteNumber("to", step.To);
        writer.WriteEndObject();
    }
}
