using System.Text;
using Attune.Cli.Errors;

namespace Attune.Cli.Parsing;

/// <summary>Splits a command that a person gave as one text.</summary>
internal static class CommandWords
{
    /// <summary>The words: separated by blanks, kept together by single or double quotes, which are left out.</summary>
    /// <exception cref="CommandException">A quote is never closed, or there is no word.</exception>
    internal static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in text)
        {
            if (quote is not null)
            {
                if (letter == quote)
                    quote = null;
                else
                    word!.Append(letter);
            }
            else if (letter is '"' or '\'')
            {
                quote = letter;
                word ??= new();
            }
            else if (!char.IsWhiteSpace(letter))
            {
                (word ??= new()).Append(letter);
            }
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        if (quote is { } open)
            throw CommandException.WrongInput($"the command has a quote {open} that is never closed: {text}");
        if (word is not null)
            words.Add(word.ToString());
        return words.Count > 0 ? words : throw CommandException.WrongInput("the command is empty; it begins with the program to run");
    }
}
