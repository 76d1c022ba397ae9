using Attune.Internal;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads conditions: expressions, or mappings from parameters to values.</summary>
/// <param name="mistakes">Where mistakes go.</param>
/// <param name="parameters">Every declared parameter, null where it is not legal itself.</param>
internal sealed class ConditionReader(MistakeList mistakes, IReadOnlyDictionary<string, Parameter?> parameters)
{
    /// <summary>The condition; null after a mistake.</summary>
    internal Expression? Read(YamlNode node, string path) => node switch
    {
        YamlMap map => ReadMap(map, path),
        YamlScalar scalar => ReadText(scalar, path),
        _ => null,
    };

    private Expression? ReadText(YamlScalar scalar, string path)
    {
        Expression expression;
        try
        {
            expression = Expression.Parse(scalar.Text);
        }
        catch (SpaceException exception)
        {
            mistakes.Add(scalar.Place, path, exception.Message);
            return null;
        }

        var names = expression.Names();
        var unknown = names.Where(name => !parameters.ContainsKey(name)).ToArray();
        foreach (var name in unknown)
            ReportUnknown(scalar.Place, path, name);
        if (unknown.Length > 0)
            return null;
        var known = names.Select(name => parameters[name]).OfType<Parameter>().ToArray();
        if (known.Length < names.Count)
            return expression;
        try
        {
            // Bound to its own parameters alone, so that a mistake of another condition is not reported here.
            _ = new SearchSpace(known.Length > 0 ? known : [new CategoricalParameter("none", [false])], [expression]);
            return expression;
        }
        catch (SpaceException exception)
        {
            mistakes.Add(scalar.Place, path, exception.Message);
            return null;
        }
    }

    private Expression? ReadMap(YamlMap map, string path)
    {
        Expression? all = null;
        var before = mistakes.Count;
        foreach (var entry in map.Entries)
        {
            var place = Paths.Key(path, entry.Name);
            if (!parameters.TryGetValue(entry.Name, out var parent))
            {
                ReportUnknown(entry.Key.Place, path, entry.Name);
                continue;
            }

            var items = entry.Value is YamlList list ? list.Items : [entry.Value];
            var values = new List<ParameterValue>();
            for (var index = 0; index < items.Count; index++)
            {
                if (items[index].Value() is not { } value)
                    continue;
                values.Add(value);
                CheckValue(parent, value, items[index], entry.Value is YamlList ? Paths.Item(place, index) : place);
            }

            if (values.Count == 0)
                continue;
            var one = values.Count == 1 ? Expression.Equal(entry.Name, values[0]) : Expression.In(entry.Name, values);
            all = all is null ? one : Expression.And(all, one);
        }

        return mistakes.Count == before ? all : null;
    }

    private void CheckValue(Parameter? parent, ParameterValue value, YamlNode node, string path)
    {
        try
        {
            parent?.ToNumber(value);
        }
        catch (SpaceException exception)
        {
            mistakes.Add(node.Place, path, exception.Message, parent is ChoiceParameter choice
                ? ParameterReader.Nearest(value, choice.Choices) : null);
        }
    }

    private void ReportUnknown(YamlPlace place, string path, string name) => mistakes.Add(
        place, path, $"there is no parameter '{YamlScalar.Shorten(name)}'; there are {string.Join(", ", parameters.Keys.Take(30))}.",
        NearNames.Nearest(name, parameters.Keys));
}
