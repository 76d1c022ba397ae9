using System.Collections.Immutable;
using System.Text.Json;
using Attune.Serialization;

namespace Attune.Events;

public sealed partial class EventCodec
{
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
        "recommended" => new Recommended(trial, body.Long("basis"), body.Text("method"))
        {
            Mean = body.NumberOrNull("mean"), Low = body.NumberOrNull("low"), High = body.NumberOrNull("high"),
            Level = body.NumberOrNull("level"),
        },
        _ => throw new JsonException($"The kind '{kind}' is unknown."),
    };

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

    private static ScheduleStep? ReadStep(JsonElement body) => body.TryGetProperty("step", out var step)
        ? new(step.Int("bracket"), step.Int("rung"), step.Number("from"), step.Number("to"))
        : null;
}
