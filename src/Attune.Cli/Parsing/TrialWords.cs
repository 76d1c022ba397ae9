using System.Globalization;
using Attune.Cli.Errors;

namespace Attune.Cli.Parsing;

/// <summary>The words <c>[STUDY] TRIAL name=value …</c>.</summary>
/// <param name="Study">The study; null when it was left out.</param>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Values">Names with values, as they were written.</param>
internal sealed record TrialWords(string? Study, int Trial, IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>Reads the words.</summary>
    /// <param name="command">The command, for messages.</param>
    /// <param name="words">The words.</param>
    /// <exception cref="CommandException">They do not fit.</exception>
    internal static TrialWords Read(string command, IReadOnlyList<string> words)
    {
        var (leading, values) = Assignments.Split(words);
        if (leading.Count is 0 or > 2)
            throw CommandException.WrongInput(
                $"name the trial and its metrics, as in: attune {command} 3 loss=0.25, or with the study before: attune {command} digits "
                + $"3 loss=0.25");
        return new(leading.Count == 2 ? leading[0] : null, Number(leading[^1]), values);
    }

    /// <summary>The number of a trial, as people write it: <c>3</c> or <c>#3</c>.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    internal static int Number(string text) => TryNumber(text, out var trial)
        ? trial
        : throw CommandException.WrongInput($"'{text}' is not the number of a trial; numbers are 0, 1, 2, … (attune trials lists them)");

    internal static bool TryNumber(string text, out int trial) =>
        int.TryParse(text.AsSpan().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out trial);
}
