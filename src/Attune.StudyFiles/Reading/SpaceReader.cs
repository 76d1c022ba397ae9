using Attune.Numerics;
using Attune.Programs;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads the space with its conditions, forbidden combinations and input constraints.</summary>
internal sealed class SpaceReader(YamlSource source, MistakeList mistakes)
{
    private const int MostParameters = 5_000;

    private readonly Dictionary<string, Parameter?> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlMap> _maps = new(StringComparer.Ordinal);

    /// <summary>The parameters that were declared, legal or not.</summary>
    internal IReadOnlyCollection<string> Names => _parameters.Keys;

    /// <summary>The names of the parameters that are not always active.</summary>
    internal IReadOnlyCollection<string> Conditional => [.. _maps.Where(pair => pair.Value["when"] is not null).Select(pair => pair.Key)];

    /// <summary>The space; null after a mistake.</summary>
    internal SearchSpace? Read(YamlMap root)
    {
        var before = mistakes.Count;
        if (root["space"] is not YamlMap space)
            return null;
        if (space.Entries.Count > MostParameters)
        {
            mistakes.Add(space.Place, "space",
                FormattableString.Invariant($"has {space.Entries.Count} parameters; allowed are at most {MostParameters}."));
            return null;
        }

        foreach (var entry in space.Entries)
            ReadParameter(entry);
        var conditions = new ConditionReader(mistakes, _parameters);
        var parameters = _parameters.Select(pair => WithCondition(conditions, pair.Key, pair.Value)).OfType<Parameter>().ToArray();
        var forbidden = Rules(conditions, root, "forbidden");
        var rules = Rules(conditions, root, "input_constraints");
        return mistakes.Count == before && parameters.Length == space.Entries.Count ? Build(root, parameters, forbidden, rules) : null;
    }

    private void ReadParameter(YamlEntry entry)
    {
        var path = Paths.Key("space", entry.Name);
        _parameters[entry.Name] = null;
        if (CommandTemplate.BuiltInNames.Contains(entry.Name))
        {
            mistakes.Add(
                entry.Key.Place, path,
                $"the name is taken by the built-in value {{{entry.Name}}} "
                + $"(there are {string.Join(", ", CommandTemplate.BuiltInNames)}); choose another.");
        }

        var before = mistakes.Count;
        if (LongForm(entry, path) is not { } map)
            return;
        _maps[entry.Name] = map;
        if (mistakes.Count == before)
            _parameters[entry.Name] = new ParameterReader(mistakes, entry.Name, map, path).Read();
    }

    private YamlMap? LongForm(YamlEntry entry, string path)
    {
        switch (entry.Value)
        {
            case YamlMap map:
                // Its keys were checked with the whole file; a mistake there must not be followed by others that it causes.
                return map;
            case YamlList list:
                WarnOfRange(list, path);
                return new(list.Place, [new(new(list.Place, "choices", isPlain: true, default), list)], isFlow: false);
            case YamlScalar { IsNull: false } scalar when new ShortForm(source, mistakes).Expand(scalar, path) is { } expanded:
                SpaceKeys.LongForm.Check(expanded, path, mistakes);
                return expanded;
            default:
                return null;
        }
    }

    private void WarnOfRange(YamlList list, string path)
    {
        if (list.Items is [YamlScalar low, YamlScalar high] && low.AsNumber() is { } least && high.AsNumber() is { } most && least < most)
        {
            var type = low.AsWhole() is not null && high.AsWhole() is not null ? "int" : "float";
            mistakes.Warn(
                list.Place, path,
                $"[{low.Text}, {high.Text}] is a choice of two numbers; a range is {type}({low.Text}, {high.Text}). "
                + $"Write {{choices: [{low.Text}, {high.Text}]}} if two numbers are meant.");
        }
    }

    private Parameter? WithCondition(ConditionReader conditions, string name, Parameter? parameter)
    {
        if (!_maps.TryGetValue(name, out var map) || map["when"] is not { } when)
            return parameter;
        var condition = conditions.Read(when, Paths.Key("space", $"{name}.when"));
        return parameter is null || condition is null ? null : Conditioned(parameter, condition);
    }

    private static Parameter Conditioned(Parameter parameter, Expression condition) => parameter switch
    {
        FloatParameter p => new FloatParameter(p.Name, p.Low, p.High, p.Scale, p.Step, p.Default.AsDouble(), p.Prior, condition),
        IntParameter p => new IntParameter(p.Name, (long)p.Low, (long)p.High, p.Scale, p.Step, p.Default.AsInt64(), p.Prior, condition),
        OrdinalParameter p => new OrdinalParameter(p.Name, p.Choices, p.Default, p.Prior, condition),
        ChoiceParameter p => new CategoricalParameter(p.Name, p.Choices, p.Default, p.Prior, condition),
        _ => parameter,
    };

    private static List<Expression> Rules(ConditionReader conditions, YamlMap root, string key)
    {
        var items = root[key].Items();
        var rules = new List<Expression>();
        for (var index = 0; index < items.Count; index++)
        {
            if (conditions.Read(items[index], Paths.Item(key, index)) is { } rule)
                rules.Add(rule);
        }

        return rules;
    }

    private SearchSpace? Build(YamlMap root, Parameter[] parameters, List<Expression> forbidden, List<Expression> rules)
    {
        try
        {
            var space = new SearchSpace(parameters, forbidden, rules.Select(InputConstraint.Of));
            if (space.IsConstrained)
            {
                var stream = RandomKey.FromSeed(0).CreateStream();
                space.Sample(ref stream);
            }

            return space;
        }
        catch (SpaceException exception)
        {
            var (place, path) = exception.Parameter is { } name && _maps.TryGetValue(name, out var map) && map["when"] is { } when
                ? (when.Place, Paths.Key("space", $"{name}.when"))
                : root.Find("forbidden") is { } entry ? (entry.Key.Place, "forbidden")
                : root.Find("input_constraints") is { } rule ? (rule.Key.Place, "input_constraints")
                : (root.Find("space")!.Key.Place, "space");
            mistakes.Add(place, path,
                exception.Message[(exception.Parameter is null ? 0 : $"Parameter '{exception.Parameter}': ".Length)..]);
            return null;
        }
    }
}
