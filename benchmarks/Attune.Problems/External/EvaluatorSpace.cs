using System.Collections.Immutable;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>Reads what an evaluator tells of a problem's space.</summary>
internal static class EvaluatorSpace
{
    /// <summary>The problem.</summary>
    /// <param name="space">The answer to a request for the space.</param>
    /// <exception cref="FormatException">A member is missing or of another kind.</exception>
    /// <exception cref="SpaceException">A parameter is not legal.</exception>
    /// <exception cref="ProblemException">An objective or fidelity is not legal.</exception>
    internal static Problem ReadProblem(JsonElement space) => new(
        new SearchSpace(Items(space, "params").Select(ReadParameter)),
        Items(space, "objectives").Select(objective => new Objective(Text(objective, "name"), ReadDirection(Text(objective, "direction")))),
        space.TryGetProperty("constraints", out _) ? Items(space, "constraints").Select(ReadConstraint) : [],
        space.TryGetProperty("fidelity", out _) ? Items(space, "fidelity").Select(ReadFidelity) : []);

    /// <summary>The ranges of several objectives; empty when one of them has none, or when there is one objective.</summary>
    internal static ImmutableArray<ObjectiveRange> ReadRanges(JsonElement space)
    {
        var ranges = Items(space, "objectives").Select(objective => (Ideal: Number(objective, "ideal"), Nadir: Number(objective, "nadir")))
            .ToArray();
        return ranges.Length > 1 && ranges.All(range => range is { Ideal: not null, Nadir: not null })
            ? [.. ranges.Select(range => new ObjectiveRange(range.Ideal!.Value, range.Nadir!.Value))]
            : [];
    }

    internal static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    internal static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Parameter ReadParameter(JsonElement parameter)
    {
        var (name, activation) = (Text(parameter, "name"), ReadCondition(parameter));
        return Text(parameter, "type") switch
        {
            "float" =>
                new FloatParameter(name, Needed(parameter, "low"), Needed(parameter, "high"), ReadScale(parameter), activation: activation),
            "int" => new IntParameter(
                name, checked((long)Needed(parameter, "low")), checked((long)Needed(parameter, "high")), ReadScale(parameter),
                activation: activation),
            "categorical" => new CategoricalParameter(name, Items(parameter, "choices").Select(ReadValue), activation: activation),
            var type => throw new FormatException($"the parameter '{name}' has the type '{type}'; there are float, int and categorical"),
        };
    }

    private static Expression? ReadCondition(JsonElement parameter)
    {
        if (!parameter.TryGetProperty("condition", out var condition) || condition.ValueKind == JsonValueKind.Null)
            return null;
        var values = Items(condition, "values").Select(ReadValue).ToArray();
        return values.Length == 1
            ? Expression.Equal(Text(condition, "parent"), values[0])
            : Expression.In(Text(condition, "parent"), values);
    }

    private static OutcomeConstraint ReadConstraint(JsonElement constraint) =>
        new(Text(constraint, "name"), Number(constraint, "at_most"), Number(constraint, "at_least"));

    private static Fidelity ReadFidelity(JsonElement fidelity) =>
        new(Text(fidelity, "name"), Needed(fidelity, "low"), Needed(fidelity, "high"))
        {
            IsInteger = Text(fidelity, "type") == "int",
            Scale = ReadScale(fidelity),
        };

    private static Direction ReadDirection(string text) => text switch
    {
        "minimize" => Direction.Minimize,
        "maximize" => Direction.Maximize,
        _ => throw new FormatException($"a direction is 'minimize' or 'maximize', not '{text}'"),
    };

    private static Scale ReadScale(JsonElement element) =>
        element.TryGetProperty("log", out var log) && log.ValueKind == JsonValueKind.True ? Scale.Log : Scale.Linear;

    private static ParameterValue ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ParameterValue.Of(value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => ParameterValue.Of(value.GetBoolean()),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? ParameterValue.Of(whole) : ParameterValue.Of(value.GetDouble()),
        _ => throw new FormatException($"a choice is a text, a number or a truth value, not {value}"),
    };

    private static JsonElement[] Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : throw new FormatException($"the list '{name}' is missing");

    private static string Text(JsonElement element, string name) =>
        TextOrNull(element, name) ?? throw new FormatException($"the text '{name}' is missing");

    private static double Needed(JsonElement element, string name) =>
        Number(element, name) ?? throw new FormatException($"the number '{name}' is missing");
}
