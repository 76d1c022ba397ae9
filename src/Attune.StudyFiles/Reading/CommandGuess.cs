using System.Globalization;
using System.Text.RegularExpressions;
using Attune.Internal;
using Attune.Programs;

namespace Attune.StudyFiles.Reading;

/// <summary>Guesses from a command which of its values are hyperparameters, and their ranges.</summary>
internal sealed partial class CommandGuess
{
    private readonly List<string> _arguments = [];
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    internal CommandGuess(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> given)
    {
        foreach (var (name, range) in given)
            _parameters[name] = range;
        var written = command.SelectMany(argument => Placeholder().Matches(argument)).Select(match => match.Groups["name"].Value).ToArray();
        foreach (var name in written.Except(CommandTemplate.BuiltInNames))
            _parameters.TryAdd(name, "float(0, 1)");
        var mayReplace = written.Length == 0;
        for (var index = 0; index < command.Count; index++)
        {
            var argument = command[index];
            var before = index > 0 ? command[index - 1] : "";
            if (mayReplace && Assigned().Match(argument) is { Success: true } both
                && Replace(both.Groups["name"].Value, both.Groups["value"].Value) is { } assigned)
                _arguments.Add(both.Groups["before"].Value + assigned);
            else if (mayReplace && index > 0 && Option().Match(before) is { Success: true } option
                && Replace(option.Groups["name"].Value, argument) is { } value)
                _arguments.Add(value);
            else
                _arguments.Add(mayReplace ? argument.Replace("{", "{{", StringComparison.Ordinal)
                    .Replace("}", "}}", StringComparison.Ordinal) : argument);
        }

        if (_parameters.Count > 0)
            return;
        _parameters["x"] = "float(0, 1)";
        _arguments.AddRange(["--x", "{x}"]);
    }

    /// <summary>Parameters and their ranges in the short form.</summary>
    internal IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>The command as one text with placeholders.</summary>
    internal string Line => string.Join(' ', _arguments.Select(Quote));

    private string? Replace(string name, string value)
    {
        if (name == "seed" && Number().IsMatch(value))
            return "{seed}";
        name = CommandTemplate.BuiltInNames.Contains(name) ? $"{name}_" : name;
        var range = Range(value);
        if (range is null)
            return null;
        _parameters.TryAdd(name, range);
        return $"{{{name}}}";
    }

    private static string? Range(string value)
    {
        if (value is "true" or "false")
            return "bool";
        if (!Number().IsMatch(value) || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !(Math.Abs(number) < 1e12))
            return null;
        if (value.All(char.IsAsciiDigit))
            return number == 0 ? "int(0, 10)" : Invariant($"int({Math.Max(1, Math.Floor(number / 4))}, {number * 4}, log)");
        return number > 0 ? $"float({NumberText.Exact(number / 10)}, {NumberText.Exact(number * 10)}, log)"
            : $"float({NumberText.Exact(number - 1)}, {NumberText.Exact(number + 1)})";
    }

    private static string Quote(string argument) => Bare().IsMatch(argument) ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>[\p{L}\p{Nd}_./:-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(?<before>-{0,2}(?<name>[A-Za-z_][\w.-]*)=)(?<value>.+)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^--?(?<name>[A-Za-z_][\w.-]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Option();

    [GeneratedRegex(@"^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Za-z0-9_./:=,+@%{}-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();
}
