using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Attune.Journals;
using Attune.Serialization;

namespace Attune.Events;

/// <summary>
/// Turns payloads into JSON and back. Configurations are written by name and read within the space of their revision, so a codec
/// belongs to one study and must be shown the creation and every revision before what follows them (<see cref="Decode"/> does so by
/// itself).
/// Not safe for several threads.
/// </summary>
public sealed class EventCodec
{
    /// <summary>The newest version of the payload format; every earlier one stays readable.</summary>
    public const int FormatVersion = 1;

    private readonly List<SearchSpace> _spaces = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Dictionary<string, MethodDescriptor> _methods = new(StringComparer.Ordinal);
    private readonly QuickEventReader _quick = new();
    private string _fingerprint = "";

    /// <summary>Takes note of a creation or a revision that this codec did not decode itself; ignores everything else.</summary>
    /// <param name="payload">A payload that is in the journal.</param>
    public void Accept(StudyEvent payload)
    {
        var space = payload switch
        {
            StudyCreated created => created.Definition.Problem.Space,
            SpaceRevised revised => revised.Space,
            _ => null,
        };
        if (space is null)
            return;
        _spaces.Add(space);
        _quick.Accept(space);
    }

    /// <summary>Writes a payload.</summary>
    /// <param name="payload">The payload.</param>
    public EncodedEvent Encode(StudyEvent payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _buffer.ResetWrittenCount();
        string kind;
        using (var writer = new Utf8JsonWriter(_buffer, JsonElements.Readable))
        {
            writer.WriteStartObject();
            kind = Write(writer, payload);
            writer.WriteEndObject();
        }

        return new(kind, (payload as TrialEvent)?.Trial, _buffer.WrittenSpan.ToArray());
    }

    /// <summary>Reads a payload, and takes note of it when it is a creation or a revision.</summary>
    /// <param name="kind">The kind of event.</param>
    /// <param name="version">The version of its format.</param>
    /// <param name="trial">The trial that it happened to; null for none.</param>
    /// <param name="body">The JSON object in UTF-8.</param>
    /// <exception cref="JournalException">The format is newer than this version of Attune, or the body is damaged.</exception>
    public StudyEvent Decode(string kind, int version, int? trial, ReadOnlySpan<byte> body)
    {
        if (version > FormatVersion)
        {
            throw new JournalException(
                JournalFault.NewerFormat,
                $"An event of the kind '{kind}' has format {version}; this version of Attune reads up to {FormatVersion}. Update Attune.");
        }

        if (trial is { } number and >= 0 && _quick.Read(kind, number, body) is { } quick)
            return quick;
        try
        {
            using var document = JsonDocument.Parse(body.ToArray(), JsonElements.Deep);
            var payload = Read(kind, trial ?? -1, document.RootElement);
            if (payload is TrialEvent && trial is not >= 0)
                throw new JsonException("it does not say which trial it happened to.");
            Accept(payload);
            return payload;
        }
        catch (Exception exception) when (exception is JsonException or SpaceException or ProblemException or InvalidOperationException
            or KeyNotFoundException or FormatException or ArgumentException or OverflowException)
        {
            throw new JournalException(
                JournalFault.Damaged, $"An event of the kind '{kind}' cannot be read: {exception.Message} Restore the store from a copy.",
                exception);
        }
    }

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
                return "recommended";
            default:
                throw new ArgumentException($"Events of the type {payload.GetType().Name} have no format.", nameof(payload));
        }
    }

    private StudyEvent Read(string kind, int trial, JsonElement body) => kind switch
    {
        "created" => new StudyCreated(DefinitionJson.Read(body)),
        "joined" => new WriterJoined(
            new(body.Text("name"), body.Text("host"), body.Int("pid"), body.Long("start"), body.Text("fingerprint"))),
        "ticked" => new Ticked(),
        "left" => new WriterLeft(),
        "enqueued" => new Enqueued(RequireConfiguration(body), body.TextOrNull("note")),
        "budget-changed" => new BudgetChanged(DefinitionJson.ReadBudget(body.GetProperty("budget"))) { IsDeclared = body.Flag("declared") },
        "sampler-changed" => new SamplerChanged(ReadMethod(body) ?? throw new JsonException("'sampler' is missing.")),
        "space-revised" => new SpaceRevised(
            SpaceJson.Read(body.GetProperty("space")),
            body.GetProperty("fill").EnumerateObject().ToImmutableSortedDictionary(
                member => member.Name, member => ConfigurationJson.ReadValue(member.Value), StringComparer.Ordinal)),
        "stop-requested" => new StopRequested(body.Flag("cancel")),
        "continued" => new Continued(),
        "sampler-exhausted" => new SamplerExhausted(),
        "reserved" => new Reserved(
            trial, body.Word("origin", TrialOrigin.Sampler), body.Long("index", -1), body.Long("queue"), body.Int("parallelism", 1),
            body.NumberOrNull("resource"), ReadStep(body)),
        "proposed" => new Proposed(
            trial, RequireConfiguration(body), body.Long("basis"), body.Int("batch"), ReadMethod(body), ReadFingerprint(body),
            body.TryGetProperty("annotation", out var annotation) ? annotation.GetRawText() : null),
        "started" => new Started(trial, body.Int("attempt", 1), body.NumberOrNull("resource"), body.Long("basis"), ReadStep(body)),
        "resumed" => new Resumed(trial, body.NumberOrNull("resource"), body.Long("basis"), ReadStep(body), ReadConfiguration(body)),
        "launched" => new Launched(trial, body.Text("host"), body.Int("pid"), body.Long("start")),
        "measured" => new Measured(trial, MeasurementJson.Read(body)),
        "checkpoint-saved" => new CheckpointSaved(trial, body.Text("checkpoint"), body.NumberOrNull("resource")),
        "decided" => new Decided(
            trial, JsonNames.Parse<Scheduling.TrialDecision>(body.Text("decision")), body.Long("basis"), ReadStep(body)),
        "paused" => new Paused(trial),
        "finished" => new Finished(trial, body.Flag("stopped")),
        "failed" => new Failed(trial, JsonNames.Parse<FailureKind>(body.Text("kind")), body.Text("reason"), body.Flag("retry")),
        "lost" => new Lost(trial, body.Text("reason"), body.Flag("retry"), body.Flag("interrupted")),
        "final-evaluated" => new FinalEvaluated(
            trial, body.Text("evaluation"), MeasurementJson.ReadMetrics(body.GetProperty("metrics")),
            body.TryGetProperty("failure", out var failure)
                ? new(JsonNames.Parse<FailureKind>(failure.Text("kind")), failure.Text("reason")) : null),
        "recommended" => new Recommended(trial, body.Long("basis"), body.Text("method")),
        _ => throw new JsonException($"The kind '{kind}' is unknown."),
    };

    private void WriteConfiguration(Utf8JsonWriter writer, Configuration configuration)
    {
        var revision = _spaces.FindLastIndex(space => ReferenceEquals(space, configuration.Space));
        writer.WriteUnless("revision", revision < 0 ? Math.Max(0, _spaces.Count - 1) : revision, 0);
        writer.WritePropertyName("configuration");
        ConfigurationJson.Write(writer, configuration);
    }

    private Configuration RequireConfiguration(JsonElement body) =>
        ReadConfiguration(body) ?? throw new JsonException("'configuration' is missing.");

    private Configuration? ReadConfiguration(JsonElement body)
    {
        if (!body.TryGetProperty("configuration", out var configuration))
            return null;
        var revision = body.Int("revision");
        return revision < _spaces.Count
            ? ConfigurationJson.Read(_spaces[revision], configuration)
            : throw new JsonException($"Revision {revision} of the space is missing.");
    }

    // A million proposals name the same sampler and the same machine: one copy of each is enough.
    private MethodDescriptor? ReadMethod(JsonElement body)
    {
        if (!body.TryGetProperty("sampler", out var sampler))
            return null;
        var text = sampler.GetRawText();
        if (!_methods.TryGetValue(text, out var method))
            _methods[text] = method = DefinitionJson.ReadMethod(sampler);
        return method;
    }

    private string ReadFingerprint(JsonElement body)
    {
        if (!body.TryGetProperty("fingerprint", out var element) || !element.ValueEquals(_fingerprint))
            _fingerprint = body.Text("fingerprint");
        return _fingerprint;
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

    private static ScheduleStep? ReadStep(JsonElement body) => body.TryGetProperty("step", out var step)
        ? new(step.Int("bracket"), step.Int("rung"), step.Number("from"), step.Number("to"))
        : null;
}
