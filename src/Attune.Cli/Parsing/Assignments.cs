using System.Globalization;
using Attune.Cli.Errors;

namespace Attune.Cli.Parsing;

/// <summary>Words such as <c>name=value</c>.</summary>
internal static class Assignments
{
    /// <summary>Separates the words before the first assignment from the assignments.</summary>
    /// <exception cref="CommandException">A word after the first assignment is none.</exception>
    internal static (IReadOnlyList<string> Leading, IReadOnlyList<KeyValuePair<string, string>> Values) Split(IReadOnlyList<string> words)
    {
        var leading = words.TakeWhile(word => !word.Contains('=', StringComparison.Ordinal)).ToArray();
        var values = new List<KeyValuePair<string, string>>();
        foreach (var word in words.Skip(leading.Length))
        {
            var sign = word.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
                throw CommandException.WrongInput($"'{word}' must be name=value");
            var name = word[..sign].Trim();
            if (values.Any(pair => pair.Key == name))
                throw CommandException.WrongInput($"'{name}' is given twice");
            values.Add(new(name, word[(sign + 1)..]));
        }

        return (leading, values);
    }

    /// <summary>Metrics as numbers; NaN and infinity are numbers here, and the caller deals with them.</summary>
    /// <exception cref="CommandException">A value is no number.</exception>
    internal static IReadOnlyList<KeyValuePair<string, double>> Numbers(IReadOnlyList<KeyValuePair<string, string>> values) =>
        [.. values.Select(pair => KeyValuePair.Create(pair.Key, Number($"the metric '{pair.Key}'", pair.Value)))];

    /// <summary>A number, whatever the culture.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="CommandException">The text is no number.</exception>
    internal static double Number(string what, string text)
    {
        var trimmed = text.Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return trimmed.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" or "+inf" or "infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            _ => throw CommandException.WrongInput($"{what} is '{text}'; it must be a number with a decimal point, such as 0.25 or 1e-3"),
        };
    }
}
