using System.Globalization;

namespace Digits.Trainer;

/// <summary>The line by which a program tells Attune its metrics: a prefix and a flat JSON object, on standard output.</summary>
public static class MetricsLine
{
    /// <summary>What the line starts with.</summary>
    public const string Prefix = "attune: ";

    /// <summary>Writes metrics as one line, whatever the culture of the machine.</summary>
    /// <param name="metrics">Names and values.</param>
    /// <returns>The line, without its end.</returns>
    /// <exception cref="ArgumentException">A value is not finite: JSON cannot hold it, and no search could use it.</exception>
    public static string Format(params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        List<string> members = [];
        foreach (var (name, value) in metrics)
        {
            members.Add(double.IsFinite(value)
                ? string.Create(CultureInfo.InvariantCulture, $"\"{name}\": {value:R}")
                : throw new ArgumentException($"The metric {name} is {value}, allowed are finite numbers.", nameof(metrics)));
        }

        return $"{Prefix}{{{string.Join(", ", members)}}}";
    }
}
