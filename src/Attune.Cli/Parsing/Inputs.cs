using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Attune.Internal;
using Attune.StudyFiles.Reading;

namespace Attune.Cli.Parsing;

/// <summary>Options and arguments that several commands have, with messages that say what is allowed.</summary>
internal static class Inputs
{
    internal static Option<string?> Store() => new("--store", "-s")
    {
        HelpName = "FILE",
        Description = "The store. By default ATTUNE_STORE, or the only Attune store (*.db) in the working folder.",
    };

    internal static Option<bool> Json(string what) => new("--json") { Description = what };

    internal static Argument<string?> Study() => new("STUDY")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The name of the study, or its study file; may be left out where the store holds one study.",
    };

    /// <summary>A study file that may be left out.</summary>
    internal static Argument<string?> StudyFile(string description) => new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne, Description = description,
    };

    /// <summary>The words of a command that takes assignments, the study before them.</summary>
    /// <param name="words">What they are, such as <c>[STUDY] TRIAL METRIC=VALUE</c>.</param>
    /// <param name="example">An example without the name of the program.</param>
    /// <param name="least">How many there are at least.</param>
    internal static Argument<string[]> Assignments(string words, string example, int least) => new(words)
    {
        Arity = new(least, ArgumentArity.ZeroOrMore.MaximumNumberOfValues),
        Description = $"As in: attune {example}. The study may be left out where the store holds one.",
    };

    /// <summary>An option that is a whole number.</summary>
    internal static Option<int?> Whole(string name, int least, string description, int most = int.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
            {
                return number;
            }

            // The upper end is news only to somebody who went beyond it.
            var isTooLarge = double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var large) && large > most;
            result.AddError($"{name} is '{text}'; it must be a whole number "
                + (isTooLarge ? FormattableString.Invariant($"from {least} to {most}") : $"of at least {least}"));
            return null;
        },
    };

    /// <summary>An option that is one of a few words.</summary>
    internal static Option<string> Word(string name, IReadOnlyList<string> words, string description) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        DefaultValueFactory = _ => words[0],
        CustomParser = result => OneOf(result, name, result.Tokens[^1].Value, words) ?? words[0],
    };

    /// <summary>An option that is a list of words, separated by commas or given several times.</summary>
    internal static Option<string[]> Words(string name, IReadOnlyList<string> words, string description) => new(name)
    {
        HelpName = string.Join('|', words),
        Description = description,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(','))
            .Select(word => OneOf(result, name, word.Trim(), words)).OfType<string>()],
    };

    /// <summary>An option that is a time span, such as <c>90s</c> or <c>1h30m</c>.</summary>
    internal static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (TimeSpans.Parse(text) is { } span)
                return span;
            result.AddError($"{name} is '{text}'; it must be {TimeSpans.Allowed}");
            return null;
        },
    };

    private static string? OneOf(ArgumentResult result, string name, string text, IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        result.AddError($"{name} is '{text}'; allowed are {string.Join(", ", words)}.{NearNames.Question(text, words)}");
        return null;
    }
}
