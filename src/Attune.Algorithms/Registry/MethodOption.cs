using System.Collections.Immutable;
using System.Text.Json;
using Attune.Internal;

namespace Attune.Algorithms;

/// <summary>One option of a sampler or scheduler: what people, the command line and the schema of study files are told about it.</summary>
public sealed record MethodOption
{
    private MethodOption(string name, OptionType type, string description) => (Name, Type, Description) = (name, type, description);

    /// <summary>The key in study files and journals, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What kind of value it takes.</summary>
    public OptionType Type { get; }

    /// <summary>What it does, in one or two sentences.</summary>
    public string Description { get; }

    /// <summary>The smallest allowed number; null for no bound.</summary>
    public double? Minimum { get; private init; }

    /// <summary>The largest allowed number; null for no bound.</summary>
    public double? Maximum { get; private init; }

    /// <summary>The allowed words of a choice; empty for other types.</summary>
    public ImmutableArray<string> Choices { get; private init; } = [];

    /// <summary>The default as JSON text; <c>null</c> where the method derives it, as the description says.</summary>
    public string Default { get; internal init; } = "null";

    /// <summary>An option that takes a whole number.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does.</param>
    /// <param name="minimum">The smallest allowed value; null for none.</param>
    /// <param name="maximum">The largest allowed value; null for none.</param>
    public static MethodOption Integer(string name, string description, long? minimum = null, long? maximum = null) =>
        new(name, OptionType.Integer, description) { Minimum = minimum, Maximum = maximum };

    /// <summary>An option that takes a real number.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does.</param>
    /// <param name="minimum">The smallest allowed value; null for none.</param>
    /// <param name="maximum">The largest allowed value; null for none.</param>
    public static MethodOption Number(string name, string description, double? minimum = null, double? maximum = null) =>
        new(name, OptionType.Number, description) { Minimum = minimum, Maximum = maximum };

    /// <summary>An option that is true or false.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does.</param>
    public static MethodOption Flag(string name, string description) => new(name, OptionType.Flag, description);

    /// <summary>An option that is one of a few words.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does.</param>
    /// <param name="choices">The allowed words.</param>
    public static MethodOption Choice(string name, string description, params IEnumerable<string> choices) =>
        new(name, OptionType.Choice, description) { Choices = [.. choices] };

    /// <summary>An option that gives names of the user's own a whole number each.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does.</param>
    /// <param name="minimum">The smallest allowed value; null for none.</param>
    /// <param name="maximum">The largest allowed value; null for none.</param>
    public static MethodOption IntegerMap(string name, string description, long? minimum = null, long? maximum = null) =>
        new(name, OptionType.IntegerMap, description) { Minimum = minimum, Maximum = maximum };

    /// <summary>An option that is a list of objects.</summary>
    /// <param name="name">The key, in snake_case.</param>
    /// <param name="description">What it does and what the objects hold.</param>
    public static MethodOption List(string name, string description) => new(name, OptionType.List, description);

    /// <summary>What is allowed, in words, such as <c>a whole number from 1 to 1000</c>.</summary>
    public string Allowed() => Type switch
    {
        OptionType.Integer => $"a whole number{Range()}",
        OptionType.Number => $"a number{Range()}",
        OptionType.Flag => "true or false",
        OptionType.Choice => $"one of {string.Join(", ", Choices)}",
        OptionType.IntegerMap => $"names, each with a whole number{Range()}",
        _ => "a list of objects",
    };

    /// <summary>Whether a JSON value is allowed, apart from null, which stands for a derived default.</summary>
    internal bool Accepts(JsonElement value) => Type switch
    {
        OptionType.Integer => IsWhole(value) && InRange(value.GetDouble()),
        OptionType.Number => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            && InRange(number),
        OptionType.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        OptionType.Choice => value.ValueKind == JsonValueKind.String && Choices.Contains(value.GetString()!),
        OptionType.IntegerMap => value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(property => IsWhole(property.Value) && InRange(property.Value.GetDouble())),
        _ => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object),
    };

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);

    private bool InRange(double number) => !(number < Minimum) && !(number > Maximum);

    private string Range() => (Minimum, Maximum) switch
    {
        ({ } low, { } high) => $" from {NumberText.Exact(low)} to {NumberText.Exact(high)}",
        ({ } low, null) => $" of at least {NumberText.Exact(low)}",
        (null, { } high) => $" of at most {NumberText.Exact(high)}",
        _ => "",
    };
}
