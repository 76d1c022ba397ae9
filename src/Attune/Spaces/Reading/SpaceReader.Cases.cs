using System.Collections.Immutable;
using System.Reflection;

namespace Attune;

/// <content>Abstract types and their cases.</content>
internal sealed partial class SpaceReader
{
    /// <param name="type">What all cases derive from.</param>
    /// <param name="list">The cases.</param>
    /// <param name="place">Where mistakes are.</param>
    /// <param name="name">The name of the parameter that says which case.</param>
    /// <param name="prior">What is believed about the cases; null for nothing.</param>
    /// <param name="scope">The scope in which the cases lie.</param>
    /// <param name="conditions">When the whole is active.</param>
    /// <param name="initial">A value that gives the default case and its defaults; null for none.</param>
    private CasesNode? ReadCases(
        Type type, ChoiceAttribute list, MemberPlace place, string name, Prior? prior, NameScope scope,
        ImmutableArray<PendingCondition> conditions, object? initial)
    {
        var types = list.Choices.OfType<Type>().Where(one => one != type && one.IsAssignableTo(type) && IsGroup(one)).ToArray();
        if (types.Length < list.Choices.Count || types.Length == 0)
        {
            var wrong = list.Choices.FirstOrDefault(one => one is not Type known || !types.Contains(known));
            var found = wrong is null ? "[Choice] lists no case" : $"the choice {Literals.Show(wrong)} is no case of {TypeNames.Of(type)}";
            _mistakes.Add(place, $"{found}; list types that derive from {TypeNames.Of(type)}.");
            return null;
        }

        if (MakeChoice(types, list.Default ?? initial?.GetType(), place, name, prior) is not { } choice)
            return null;
        Add(choice, conditions);
        _open.Push(type);
        var parts = types.Select(one => ReadCase(one, place, name, scope, initial)).OfType<SpaceNode>().ToArray();
        _open.Pop();
        return parts.Length == types.Length ? new(type, choice, parts) : null;
    }

    private SpaceNode? ReadCase(Type type, MemberPlace place, string name, NameScope scope, object? initial)
    {
        // That a case is chosen says that the conditions of the choice are true, so this one is enough.
        ImmutableArray<PendingCondition> chosen = [new(_ => Expression.Equal(name, NameOf(type)))];
        var inner = new NameScope(scope, scope.Name(NameOf(type)), scope.PathOf(type.Name));
        var start = type.IsInstanceOfType(initial) ? initial : null;
        return type.GetCustomAttribute<ChoiceAttribute>(inherit: false) is { } further
            ? ReadCases(type, further, place with { Path = inner.Path }, inner.Names, prior: null, inner, chosen, start)
            : ReadGroup(type, place, inner, chosen, start);
    }

    private ChoiceNode? MakeChoice(Type[] types, object? start, MemberPlace place, string name, Prior? prior)
    {
        var texts = types.Select(type => ParameterValue.Of(NameOf(type))).ToArray();
        var code = Array.FindIndex(types, type => start is Type known && known.IsAssignableTo(type));
        try
        {
            if (types.FirstOrDefault(type => string.IsNullOrWhiteSpace(NameOf(type))) is { } blank)
                throw new SpaceException(name, $"the name of the case {TypeNames.Of(blank)} must not be blank.");
            if (start is not null && code < 0)
                throw LeafReader.DefaultMistake(start, texts, name);
            return new(typeof(Type), place, [.. types.Zip(texts, (type, text) => ((object)type, text))], activation =>
                new CategoricalParameter(name, texts, code < 0 ? default(ParameterValue?) : texts[code], prior, activation));
        }
        catch (SpaceException exception)
        {
            _mistakes.Add(place, exception);
            return null;
        }
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<NameAttribute>(inherit: false)?.Name ?? TypeNames.Snake(type.Name);
}
