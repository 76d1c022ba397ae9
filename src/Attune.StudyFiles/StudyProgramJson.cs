using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attune.Programs;
using Attune.StudyFiles.Reading;

namespace Attune.StudyFiles;

/// <summary>Programs as JSON, with the keys of the study file.</summary>
internal static class StudyProgramJson
{
    internal static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(StudyProgram program)
    {
        var json = new JsonObject { ["command"] = Command(program.Command) };
        Add(json, "setup", program.Setup is { } setup ? Command(setup) : null);
        Add(json, "final", program.Final is { } final ? Command(final) : null);
        if (!program.Environment.IsEmpty)
            json["environment"] = new JsonObject(program.Environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        Add(json, "working_folder", program.WorkingFolder);
        Add(json, "trials_folder", program.TrialsFolder);
        Add(json, "time_limit", program.TimeLimit is { } limit ? TimeSpans.Format(limit) : null);
        Add(json, "grace", program.Grace == StudyProgram.DefaultGrace ? null : TimeSpans.Format(program.Grace));
        if (!program.Metrics.IsEmpty)
            json["metrics"] = new JsonObject(program.Metrics.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return json.ToJsonString(Readable);
    }

    internal static StudyProgram Read(string text)
    {
        try
        {
            var json = JsonNode.Parse(text)?.AsObject() ?? throw new JsonException("The program of a study must be a JSON object.");
            return new(Command(json["command"]) ?? throw new JsonException("The program of a study needs a command."))
            {
                Setup = Command(json["setup"]),
                Final = Command(json["final"]),
                Environment = (json["environment"]?.AsObject() ?? [])
                    .ToImmutableSortedDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal),
                WorkingFolder = (string?)json["working_folder"],
                TrialsFolder = (string?)json["trials_folder"],
                TimeLimit = Time(json["time_limit"]),
                Grace = Time(json["grace"]) ?? StudyProgram.DefaultGrace,
                Metrics = (json["metrics"]?.AsObject() ?? [])
                    .ToImmutableSortedDictionary(pair => pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal),
            };
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException($"This is not the program of a study: {exception.Message}", exception);
        }
    }

    private static void Add(JsonObject json, string key, JsonNode? value)
    {
        if (value is not null)
            json[key] = value;
    }

    private static JsonNode Command(StudyCommand command) => command.Line is { } line ? JsonValue.Create(line)
        : new JsonArray([.. command.Items.Select(Item)]);

    private static JsonNode? Item(CommandItem item) => item.IsOptional
        ? new JsonArray([.. item.Arguments.Select(argument => JsonValue.Create(argument))])
        : JsonValue.Create(item.Arguments[0]);

    private static StudyCommand? Command(JsonNode? node) => node switch
    {
        null => null,
        JsonArray items => StudyCommand.Of([.. items.Select(Item)]),
        _ => StudyCommand.Of((string)node!),
    };

    private static CommandItem Item(JsonNode? node) =>
        node is JsonArray group ? new([.. group.Select(argument => (string)argument!)], IsOptional: true) : new([(string)node!]);

    private static TimeSpan? Time(JsonNode? node) =>
        node is null ? null : TimeSpans.Parse((string)node!) ?? throw new JsonException($"'{node}' is not {TimeSpans.Allowed}.");
}
