namespace Attune;

/// <summary>The parameters of a whole typed space by name and by path, and the conditions written with those.</summary>
internal sealed class NameTable
{
    private readonly MistakeList _mistakes;
    private readonly Dictionary<string, LeafNode> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LeafNode> _paths = new(StringComparer.Ordinal);

    internal NameTable(IEnumerable<LeafNode> leaves, MistakeList mistakes)
    {
        _mistakes = mistakes;
        foreach (var leaf in leaves)
        {
            if (!_names.TryAdd(leaf.Name, leaf))
            {
                mistakes.Add(
                    leaf.Place,
                    $"its name in the space, '{leaf.Name}', is also that of {_names[leaf.Name].Place}; rename one with [Name(\"…\")].");
            }

            _paths.TryAdd(leaf.Place.Path, leaf);
        }
    }

    /// <summary>Where the parameter with a name stands in code.</summary>
    internal MemberPlace? PlaceOf(string? parameter) =>
        parameter is not null && _names.TryGetValue(parameter, out var leaf) ? leaf.Place : null;

    /// <summary>An expression with its names looked up; null after a mistake.</summary>
    internal Expression? Read(string? text, NameScope scope, MemberPlace place, string what)
    {
        Expression parsed;
        try
        {
            parsed = Expression.Parse(text ?? "");
        }
        catch (SpaceException exception)
        {
            _mistakes.Add(place, $"{what} is not legal. {exception.Message}");
            return null;
        }

        var found = parsed.Names().ToDictionary(name => name, name => Find(name, scope), StringComparer.Ordinal);
        foreach (var (name, leaf) in found)
        {
            if (leaf is null)
                _mistakes.Add(place, $"{what} '{text}' names '{name}', which is no parameter; {Known()}.");
        }

        return found.ContainsValue(null) ? null : parsed.Rename(name => found[name]!.Name);
    }

    /// <summary>A condition with its names looked up; null after a mistake.</summary>
    internal Expression? Read(WhenAttribute condition, NameScope scope, MemberPlace place)
    {
        if (condition.Values is null)
            return Read(condition.Condition, scope, place, "its condition");
        var leaf = Find(condition.Condition, scope);
        if (leaf is null)
            _mistakes.Add(place, $"its condition names '{condition.Condition}', which is no parameter; {Known()}.");
        else if (condition.Values.Count == 0)
            _mistakes.Add(place, $"its condition names no value of '{condition.Condition}'; allowed is {leaf.Definition.Describe()}.");
        if (leaf is null || condition.Values.Count == 0)
            return null;
        try
        {
            var values = condition.Values.Select(leaf.Literal).ToArray();
            return values.Length == 1 ? Expression.Equal(leaf.Name, values[0]) : Expression.In(leaf.Name, values);
        }
        catch (SpaceException exception)
        {
            _mistakes.Add(place, $"its condition is not legal. {exception.Message}");
            return null;
        }
    }

    private LeafNode? Find(string name, NameScope scope)
    {
        for (var around = scope; around is not null; around = around.Outer)
        {
            if (_names.TryGetValue(around.Name(name), out var leaf) || _paths.TryGetValue(around.PathOf(name), out leaf))
                return leaf;
        }

        return null;
    }

    private string Known() => $"there are {string.Join(", ", _names.Keys)}";
}
