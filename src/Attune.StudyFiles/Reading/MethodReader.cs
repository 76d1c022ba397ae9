using System.Text.Json;
using System.Text.Json.Nodes;
using Attune.Algorithms;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads sampler and scheduler, whose names and options the registry knows.</summary>
internal sealed class MethodReader(MistakeList mistakes, MethodRegistry methods, YamlMap root)
{
    internal MethodDescriptor? ReadSampler() =>
        Read("sampler", Default(StudyFileKeys.DefaultSampler, methods.Samplers), methods.FindSampler);

    internal MethodDescriptor? ReadScheduler() =>
        Read("scheduler", Default(StudyFileKeys.DefaultScheduler, methods.Schedulers), methods.FindScheduler);

    /// <summary>Makes both once, so that what they refuse of this problem is known before the first trial.</summary>
    internal void Rehearse(MethodDescriptor sampler, MethodDescriptor scheduler, MethodContext context)
    {
        Rehearse("sampler", () => methods.CreateSampler(sampler, context));
        Rehearse("scheduler", () => methods.CreateScheduler(scheduler, context));
    }

    /// <summary>The usual method, or the first of a registry of the user's own that does not know it.</summary>
    private static string Default(string usual, IEnumerable<MethodRegistration> known) =>
        known.Any(method => method.Name == usual) ? usual : known.First().Name;

    private MethodDescriptor? Read(string key, string byDefault, Func<string, MethodRegistration> find)
    {
        var node = root[key];
        if (node is not (null or YamlScalar or YamlMap))
            return null;
        var map = node as YamlMap;
        var name = node is null ? byDefault : map is null ? node.Text() : map["name"].Text();
        var before = mistakes.Count;
        try
        {
            if (name is null)
                return null;
            var method = find(name);
            return method.Describe(Options(method, map?.Entries ?? []));
        }
        catch (ProblemException exception)
        {
            // Shapes have reported names and values; what is left is what only the method itself can tell.
            if (before == mistakes.Count && node is null)
                mistakes.Add(root.Place, key, exception.Message);
            return null;
        }
    }

    private void Rehearse(string key, Action create)
    {
        try
        {
            create();
        }
        catch (Exception exception) when (exception is ProblemException or SpaceException)
        {
            var entry = root.Find(key);
            mistakes.Add(entry?.Value.Place ?? root.Place, key, exception.Message);
        }
    }

    private static JsonElement Options(MethodRegistration method, IReadOnlyList<YamlEntry> entries)
    {
        var json = new JsonObject();
        foreach (var entry in entries)
        {
            var option = method.Options.FirstOrDefault(option => option.Name == entry.Name);
            if (option is not null && entry.Value is not YamlScalar { IsNull: true })
                json[option.Name] = Value(entry.Value, option.Type);
        }

        return JsonSerializer.SerializeToElement(json);
    }

    private static JsonNode? Value(YamlNode node, OptionType? type) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Name, Value(entry.Value, null)))),
        YamlList list => new JsonArray([.. list.Items.Select(item => Value(item, null))]),
        YamlScalar scalar when type == OptionType.Choice => JsonValue.Create(scalar.Text),
        YamlScalar scalar when scalar.IsNull => null,
        YamlScalar scalar when scalar.AsBoolean() is { } flag => JsonValue.Create(flag),
        YamlScalar scalar when scalar.Whole() is { } whole && Math.Abs(whole) <= long.MaxValue => JsonValue.Create((long)whole),
        YamlScalar scalar when scalar.Number() is { } number => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };
}
