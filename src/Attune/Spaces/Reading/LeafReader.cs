using System.Reflection;

namespace Attune;

/// <summary>Makes a parameter of a member of a plain type: a number, a text, a truth value or an enum.</summary>
internal static class LeafReader
{
    internal static bool IsLeaf(Type type) =>
        type.IsEnum || type == typeof(bool) || type == typeof(string) || IsReal(type) || IsInteger(type);

    /// <summary>The parameter of a member.</summary>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    internal static LeafNode Read(SpaceMember member, string name, object? initial)
    {
        var type = member.ValueType;
        var prior = PriorOf(member, name);
        var kinds = member.Kinds.ToArray();
        if (kinds.Length > 1)
        {
            throw new SpaceException(
                name, $"{TypeShape.Display(kinds[0])} and {TypeShape.Display(kinds[1])} contradict each other; keep one.");
        }

        switch (kinds.FirstOrDefault())
        {
            case FloatAttribute range when IsReal(type):
                return Real(member, name, range, prior, initial);
            case IntAttribute range when IsInteger(type):
                return Whole(member, name, range, prior, initial);
            case ChoiceAttribute list:
                return Choices(member, name, list.Choices, list.Default ?? initial, isOrdinal: false, prior);
            case OrdinalAttribute list when type != typeof(bool):
                return Choices(member, name, list.Choices, list.Default ?? initial, isOrdinal: true, prior);
            case null when type == typeof(bool) || type.IsEnum:
                return Choices(member, name, [], initial, isOrdinal: false, prior);
            case null:
                throw new SpaceException(name, $"a {TypeNames.Of(type)} needs {Wanted(type)}; [NotTuned] keeps it out of the space.");
            case var other:
                throw new SpaceException(name, $"{TypeShape.Display(other)} is not for {TypeNames.Of(type)}, which takes {Wanted(type)}.");
        }
    }

    /// <summary>The prior that a member's attributes give; null for none.</summary>
    /// <exception cref="SpaceException">There are two.</exception>
    internal static Prior? PriorOf(SpaceMember member, string name) =>
        (member.Find<PriorAttribute>(), member.Find<WeightsAttribute>()) switch
        {
            (null, null) => null,
            ({ } normal, null) => new NormalPrior(normal.Center, normal.Spread),
            (null, { } weights) => new WeightPrior([.. weights.Weights]),
            _ => throw new SpaceException(name, "[Prior] and [Weights] contradict each other; keep one."),
        };

    internal static SpaceException DefaultMistake(object start, IEnumerable<ParameterValue> choices, string name) =>
        new(name, $"the default {Literals.Show(start)} is not a choice; allowed are {string.Join(", ", choices)}.");

    private static NumberNode Real(SpaceMember member, string name, FloatAttribute range, Prior? prior, object? initial)
    {
        var type = member.ValueType;
        if (type == typeof(float) && (Math.Abs(range.Low) > float.MaxValue || Math.Abs(range.High) > float.MaxValue))
            throw new SpaceException(name, "the range does not fit a float; use double.");
        var start = double.IsNaN(range.Default)
            ? initial is null ? default(double?) : Literals.TryConvert(initial, typeof(double), out var value) ? (double)value : null
            : range.Default;
        var step = double.IsNaN(range.Step) ? default(double?) : range.Step;
        return new(type, member.Place, activation =>
            new FloatParameter(name, range.Low, range.High, range.Scale, step, start, prior, activation));
    }

    private static NumberNode Whole(SpaceMember member, string name, IntAttribute range, Prior? prior, object? initial)
    {
        var type = member.ValueType;
        if (type == typeof(int) && (range.Low < int.MinValue || range.High > int.MaxValue))
            throw new SpaceException(name, $"the range {range.Low} to {range.High} does not fit an int; use long.");
        var start = range.Default == long.MinValue
            ? initial is null ? default(long?) : Literals.TryConvert(initial, typeof(long), out var value) ? (long)value : null
            : range.Default;
        return new(type, member.Place, activation =>
            new IntParameter(name, range.Low, range.High, range.Scale, range.Step, start, prior, activation));
    }

    private static ChoiceNode Choices(
        SpaceMember member, string name, IReadOnlyList<object> literals, object? start, bool isOrdinal, Prior? prior)
    {
        var type = member.ValueType;
        if (literals.Count == 0)
        {
            literals = type.IsEnum ? EnumValues(type)
                : type == typeof(bool) ? [false, true]
                : throw new SpaceException(name, "there must be at least one choice.");
        }

        var choices = literals.Select(literal => MakeChoice(literal, type, name)).ToArray();
        var texts = choices.Select(pair => pair.Choice).ToArray();
        var code = Literals.TryConvert(start, type, out var known) ? Array.FindIndex(choices, pair => pair.Member.Equals(known)) : -1;
        if (start is not null && code < 0)
            throw DefaultMistake(start, texts, name);
        var defaultValue = code < 0 ? default(ParameterValue?) : texts[code];
        return new(type, member.Place, choices, isOrdinal
            ? activation => new OrdinalParameter(name, texts, defaultValue, prior, activation)
            : activation => new CategoricalParameter(name, texts, defaultValue, prior, activation));
    }

    private static (object Member, ParameterValue Choice) MakeChoice(object literal, Type type, string name) =>
        Literals.TryConvert(literal, type, out var value)
            ? (value, ChoiceOf(value, name))
            : throw new SpaceException(name, $"the choice {Literals.Show(literal)} is not a value of type {TypeNames.Of(type)}.");

    private static ParameterValue ChoiceOf(object value, string name) => value switch
    {
        string text => text,
        bool truth => truth,
        int number => number,
        long number => number,
        double number when double.IsFinite(number) => number,
        float number when float.IsFinite(number) && Literals.TryConvert(number, typeof(double), out var wide) => (double)wide,
        Enum constant => EnumName(constant, name),
        _ => throw new SpaceException(name, $"the choice {Literals.Show(value)} is not a finite number."),
    };

    // Of several names for one value the first counts.
    private static object[] EnumValues(Type type) => [.. EnumFields(type).Select(field => field.GetValue(null)!).Distinct()];

    private static string EnumName(Enum value, string name)
    {
        var type = value.GetType();
        return EnumFields(type).FirstOrDefault(field => value.Equals(field.GetValue(null))) is { } field
            ? field.GetCustomAttribute<NameAttribute>()?.Name ?? TypeNames.Snake(field.Name)
            : throw new SpaceException(name, $"the choice {value} is no named value of {TypeNames.Of(type)}.");
    }

    private static IEnumerable<FieldInfo> EnumFields(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(field => field.MetadataToken);

    private static string Wanted(Type type) =>
        IsReal(type) ? "[Float(low, high)], or [Choice(…)] or [Ordinal(…)] with its values"
        : IsInteger(type) ? "[Int(low, high)], or [Choice(…)] or [Ordinal(…)] with its values"
        : type == typeof(string) ? "[Choice(…)] or [Ordinal(…)] with its values"
        : type == typeof(bool) ? "no attribute, or [Choice]"
        : "no attribute, or [Choice] or [Ordinal]";

    private static bool IsReal(Type type) => type == typeof(double) || type == typeof(float);

    private static bool IsInteger(Type type) => type == typeof(int) || type == typeof(long);
}
