using System.Text.RegularExpressions;
using Attune.Internal;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>
/// The short form of a parameter, such as <c>float(1e-5, 0.1, log)</c>, <c>int(1, 9, step=2)</c>, <c>ordinal(small, large)</c> or
/// <c>bool</c>, turned into the long form, so that there is one way to read parameters.
/// </summary>
internal sealed partial class ShortForm(YamlSource source, MistakeList mistakes)
{
    private const string Allowed =
        "needs a range such as float(1e-5, 0.1, log) or int(1, 8), a list of choices such as [a, b], bool, or a mapping";

    /// <summary>The long form; null after a mistake.</summary>
    internal YamlMap? Expand(YamlScalar scalar, string path)
    {
        if (Opened().IsMatch(scalar.Text) && !scalar.Text.Contains(')', StringComparison.Ordinal))
        {
            mistakes.Add(scalar.Place, path,
                $"'{YamlScalar.Shorten(scalar.Text)}' has no closing parenthesis; "
                + "inside braces a comma ends a value, so put the range into quotes there.");
            return null;
        }

        if (Call().Match(scalar.Text) is not { Success: true } match)
        {
            var fix = scalar.IsPlain && scalar.Text.Length < 40 && scalar.Value() is { }
                ? $" (a fixed value is a list of one: [{scalar.Text}])" : "";
            mistakes.Add(scalar.Place, path, $"{Allowed}, found {scalar.Describe()}{fix}.");
            return null;
        }

        var type = match.Groups["type"].Value;
        if (!SpaceKeys.Types.Words.Contains(type))
        {
            mistakes.Add(scalar.Place, path, $"{Allowed}, found {scalar.Describe()}.", TypeShape.Synonym(type)
                ?? NearNames.Nearest(type, SpaceKeys.Types.Words));
            return null;
        }

        var entries = new List<YamlEntry> { Entry("type", new(scalar.Place, type, isPlain: true, scalar.Span)) };
        var arguments = Split(scalar, match.Groups["arguments"]);
        var isLegal = type switch
        {
            "float" or "int" => AddRange(arguments, entries, path),
            "bool" => AddNamed(arguments, entries, path),
            _ => AddChoices(scalar, arguments, entries),
        };
        return isLegal ? new(scalar.Place, entries, isFlow: false) : null;
    }

    private static bool AddChoices(YamlScalar scalar, List<YamlScalar> arguments, List<YamlEntry> entries)
    {
        entries.Add(new(Word("choices", scalar), new YamlList(scalar.Place, arguments)));
        return true;
    }

    private bool AddRange(List<YamlScalar> arguments, List<YamlEntry> entries, string path)
    {
        string[] bounds = ["low", "high"];
        var count = arguments.TakeWhile(argument => !Named().IsMatch(argument.Text) && !IsScale(argument)).Take(2).Count();
        for (var index = 0; index < count; index++)
            entries.Add(Entry(bounds[index], arguments[index]));
        var rest = arguments.Skip(count).ToList();
        if (rest.Count > 0 && IsScale(rest[0]))
        {
            entries.Add(Entry("scale", rest[0]));
            rest.RemoveAt(0);
        }

        return AddNamed(rest, entries, path);
    }

    private bool AddNamed(List<YamlScalar> arguments, List<YamlEntry> entries, string path)
    {
        foreach (var argument in arguments)
        {
            var match = Named().Match(argument.Text);
            var name = match.Groups["name"].Value;
            if (!match.Success || entries.Any(entry => entry.Name == name))
            {
                mistakes.Add(
                    argument.Place, path,
                    $"'{YamlScalar.Shorten(argument.Text)}' is not expected here; "
                    + "after the range come linear, log or logit, then step=… and default=….",
                    NearNames.Nearest(argument.Text, ["linear", "log", "logit"]));
                return false;
            }

            entries.Add(Entry(name, new(argument.Place, match.Groups["value"].Value, isPlain: true, argument.Span)));
        }

        return true;
    }

    private List<YamlScalar> Split(YamlScalar scalar, Group arguments)
    {
        var result = new List<YamlScalar>();
        if (!arguments.Success || string.IsNullOrWhiteSpace(arguments.Value))
            return result;
        foreach (Match part in Part().Matches(arguments.Value))
        {
            var text = part.Value.Trim();
            var offset = arguments.Index + part.Index + (part.Value.Length - part.Value.TrimStart().Length);
            var isQuoted = text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0];
            result.Add(new(source.PlaceIn(scalar, offset), isQuoted ? text[1..^1] : text, !isQuoted, scalar.Span));
        }

        return result;
    }

    private static bool IsScale(YamlScalar argument) => argument.Text is "linear" or "log" or "logit";

    private static YamlEntry Entry(string name, YamlScalar value) => new(Word(name, value), value);

    private static YamlScalar Word(string name, YamlScalar like) => new(like.Place, name, isPlain: true, like.Span);

    [GeneratedRegex(@"^\s*[a-z]+\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex Opened();

    [GeneratedRegex(@"^\s*(?<type>[A-Za-z]+)\s*(?:\((?<arguments>.*)\))?\s*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<name>step|default)\s*=\s*(?<value>.+)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Named();

    [GeneratedRegex(@"(?:'[^']*'|""[^""]*""|[^,'""])+|(?<=,)(?=,|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
