namespace Attune.Programs;

/// <summary>The text of a command is not a valid template.</summary>
public sealed class CommandTemplateException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found and what is allowed, without the place.</param>
    /// <param name="column">The column of the mistake, from 1.</param>
    /// <param name="argument">The number of the argument, from 1, when the command is a list of arguments.</param>
    public CommandTemplateException(string message, int column, int? argument = null)
        : base(argument is { } number
            ? FormattableString.Invariant($"Command, argument {number}, column {column}: {message}")
            : FormattableString.Invariant($"Command, column {column}: {message}"))
    {
        Column = column;
        Argument = argument;
        Reason = message;
    }

    /// <summary>The column of the mistake, from 1.</summary>
    public int Column { get; }

    /// <summary>The number of the argument that holds the mistake, from 1; null when the command is one text.</summary>
    public int? Argument { get; }

    /// <summary>The message without the place.</summary>
    public string Reason { get; }
}
