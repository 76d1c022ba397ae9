using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Attune.Algorithms;
using Attune.Internal;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>A sampler or scheduler: its name, or a mapping of its name and options.</summary>
internal sealed class MethodShape : Shape
{
    private readonly string _kind;
    private readonly MethodRegistration[] _methods;

    internal MethodShape(string kind, IEnumerable<MethodRegistration> methods)
    {
        _kind = kind;
        _methods = [.. methods.GroupBy(method => method.Name).Select(versions => versions.MaxBy(method => method.Version)!)];
    }

    internal override string Allowed => $"the name of a {_kind}, or a mapping of its name and options";

    private string Known => $"there are {string.Join(", ", _methods.Select(method => method.Name))}";

    internal override bool IsKind(YamlNode node) => node is YamlScalar or YamlMap;

    internal override void CheckInside(YamlNode node, string path, MistakeList mistakes)
    {
        if (node is YamlScalar name)
        {
            Find(name, path, mistakes);
            return;
        }

        var map = (YamlMap)node;
        if (map.Find("name") is not { } named)
            mistakes.Add(map.Place, Paths.Key(path, "name"), $"is missing; {Known}.");
        else if (named.Value is not YamlScalar word)
            mistakes.Add(named.Value.Place, Paths.Key(path, "name"), $"needs the name of a {_kind}, found {Describe(named.Value)}.");
        else if (Find(word, Paths.Key(path, "name"), mistakes) is { } method)
            CheckOptions(method, map, path, mistakes);
    }

    internal override JsonObject ToSchema()
    {
        var alternatives = new JsonArray
        {
            new JsonObject { ["enum"] = new JsonArray([.. _methods.SelectMany(Names).Select(name => JsonValue.Create(name))]) },
        };
        foreach (var method in _methods)
        {
            var properties = new JsonObject
            {
                ["name"] = new JsonObject
                {
                    ["enum"] = new JsonArray([.. Names(method).Select(name => JsonValue.Create(name))]),
                    ["description"] = method.Summary
                },
            };
            foreach (var option in method.Options)
                properties[option.Name] = OptionSchemas.ToSchema(option);
            alternatives.Add(new JsonObject
            {
                ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("name"), ["additionalProperties"] = false,
            });
        }

        return new() { ["anyOf"] = alternatives };
    }

    private static IEnumerable<string> Names(MethodRegistration method) => method.Aliases.Prepend(method.Name);

    private MethodRegistration? Find(YamlScalar name, string path, MistakeList mistakes)
    {
        var method = Array.Find(_methods, method => Names(method).Contains(name.Text));
        if (method is null)
            mistakes.Add(name.Place, path, $"there is no {_kind} '{YamlScalar.Shorten(name.Text)}'; {Known}.",
                NearNames.Nearest(name.Text, _methods.SelectMany(Names)));
        return method;
    }

    private void CheckOptions(MethodRegistration method, YamlMap map, string path, MistakeList mistakes)
    {
        foreach (var entry in map.Entries.Where(entry => entry.Name != "name"))
        {
            var place = Paths.Key(path, entry.Name);
            if (method.Options.FirstOrDefault(option => option.Name == entry.Name) is not { } option)
            {
                var allowed = method.Options.Length == 0 ? "it has none"
                    : $"there are {string.Join(", ", method.Options.Select(option => option.Name))}";
                mistakes.Add(entry.Key.Place, place, $"is not an option of the {_kind} {method.Name}; {allowed}.",
                    NearNames.Nearest(entry.Name, method.Options.Select(option => option.Name)));
            }
            else if (entry.Value is not YamlScalar { IsNull: true } && !Accepts(option, entry.Value))
            {
                mistakes.Add(entry.Value.Place, place, $"needs {option.Allowed()}, found {Describe(entry.Value)}.",
                    Suggest(option, entry.Value));
            }
        }
    }

    private static bool Accepts(MethodOption option, YamlNode value) => option.Type switch
    {
        OptionType.Integer => value.Whole() is { } whole && InRange(option, (double)whole),
        OptionType.Number => value.Number() is { } number && InRange(option, number),
        OptionType.Flag => value.Flag() is not null,
        OptionType.Choice => value is YamlScalar word && option.Choices.Contains(word.Text),
        OptionType.IntegerMap => value is YamlMap map && map.Entries
            .All(entry => entry.Value.Whole() is { } whole && InRange(option, (double)whole)),
        OptionType.List => value is YamlList list && list.Items.All(item => item is YamlMap),
        _ => true,
    };

    private static string? Suggest(MethodOption option, YamlNode value) => value is not YamlScalar scalar ? null : option.Type switch
    {
        OptionType.Integer or OptionType.Number => NumberHint.For(scalar),
        OptionType.Flag => new FlagShape().Suggest(scalar),
        _ => NearNames.Nearest(scalar.Text, option.Choices),
    };

    private static bool InRange(MethodOption option, double number) => !(number < option.Minimum) && !(number > option.Maximum);
}
