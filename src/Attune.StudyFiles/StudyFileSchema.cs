using System.Text.Json;
using System.Text.Json.Nodes;
using Attune.Algorithms;
using Attune.StudyFiles.Keys;

namespace Attune.StudyFiles;

/// <summary>
/// The JSON schema of the study file (draft 2020-12), by which editors complete and check it. It is made from the keys that the reader
/// uses.
/// </summary>
public static class StudyFileSchema
{
    private static readonly string[] Objectives = ["minimize", "maximize", "objectives"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON text.</summary>
    /// <param name="methods">The samplers and schedulers that study files may name; those that come with Attune by default.</param>
    public static string ToJson(MethodRegistry? methods = null)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Attune study file",
        };
        foreach (var (name, value) in StudyFileKeys.For(methods ?? MethodRegistry.Default).ToSchema().ToArray())
            schema[name] = value?.DeepClone();
        schema["oneOf"] = new JsonArray(
            [.. Objectives.Select(key => new JsonObject { ["required"] = new JsonArray(JsonValue.Create(key)) })]);
        return schema.ToJsonString(Indented);
    }
}
