using System.Text;

namespace Attune.Programs;

/// <summary>Splits the text of a command into arguments and groups, see <see cref="CommandTemplate"/> for the rules.</summary>
internal sealed class CommandTemplateParser(string text)
{
    internal const string GroupWithoutPlaceholder =
        "an optional group must hold a placeholder, as in [--gamma {gamma}]; for a literal bracket write '[' in quotes.";

    private static readonly HashSet<string> ShellOperators = ["|", "||", "&&", "&", ";", ">", ">>", "<", "<<", "2>", "2>>", "2>&1", "&>"];

    private readonly List<TemplateItem> _items = [];
    private readonly List<TemplateSegment> _segments = [];
    private readonly StringBuilder _literal = new();
    private List<IReadOnlyList<TemplateSegment>>? _group;
    private int _groupColumn;
    private int _at;
    private int _wordStart = -1;
    private bool _wordIsPlain;
    private int _literalBrackets;

    public IReadOnlyList<TemplateItem> ParseCommand()
    {
        while (_at < text.Length)
            ReadUnquoted();
        EndWord();
        if (_group is not null)
        {
            throw new CommandTemplateException(
                "'[' opens an optional group that is never closed; write ']' after its last argument.", _groupColumn);
        }

        RequireProgram(_items);
        return _items;
    }

    /// <summary>Reads the placeholders of one argument in which nothing else is special.</summary>
    public static IReadOnlyList<TemplateSegment> ParseArgument(string argument, int number)
    {
        var parser = new CommandTemplateParser(argument);
        try
        {
            while (parser._at < argument.Length)
            {
                if (!parser.TryReadBrace())
                    parser.Keep(1);
            }
        }
        catch (CommandTemplateException exception)
        {
            throw new CommandTemplateException(exception.Reason, exception.Column, number);
        }

        parser.EndLiteral();
        return parser._segments;
    }

    public static void RequireProgram(IReadOnlyList<TemplateItem> items)
    {
        if (items.Count == 0 || items[0].Arguments.Count == 0)
            throw new CommandTemplateException("the command is empty; it starts with the program to run.", 1);
        if (items[0].IsOptional)
            throw new CommandTemplateException("the program itself cannot be in an optional group.", 1);
        if (items[0].Arguments[0].Count == 0)
            throw new CommandTemplateException("the name of the program is empty.", 1);
    }

    private void ReadUnquoted()
    {
        var c = text[_at];
        switch (c)
        {
            case ' ' or '\t' or '\r' or '\n':
                EndWord();
                _at++;
                break;
            case '\'':
                ReadSingleQuoted();
                break;
            case '"':
                ReadDoubleQuoted();
                break;
            case '\\':
                ReadEscape();
                break;
            case '[' when _wordStart < 0:
                OpenGroup();
                break;
            case '[':
                _literalBrackets++;
                Keep(1);
                break;
            case ']' when _literalBrackets > 0:
                _literalBrackets--;
                Keep(1);
                break;
            case ']':
                CloseGroup();
                break;
            default:
                StartWord();
                if (!TryReadBrace())
                    Keep(1);
                break;
        }
    }

    private void ReadSingleQuoted()
    {
        var open = _at;
        StartWord();
        _wordIsPlain = false;
        _at++;
        while (_at < text.Length && text[_at] != '\'')
        {
            if (!TryReadBrace())
                Keep(1);
        }

        CloseQuote(open);
    }

    private void ReadDoubleQuoted()
    {
        var open = _at;
        StartWord();
        _wordIsPlain = false;
        _at++;
        while (_at < text.Length && text[_at] != '"')
        {
            if (text[_at] == '\\' && _at + 1 < text.Length && text[_at + 1] is '"' or '\\' or '$' or '`' or '{' or '}' or '\n')
                ReadEscape();
            else if (!TryReadBrace())
                Keep(1);
        }

        CloseQuote(open);
    }

    private void CloseQuote(int open)
    {
        if (_at >= text.Length)
        {
            throw new CommandTemplateException(
                $"the quote {text[open]} is never closed; for a literal quote write \\{text[open]}.", open + 1);
        }

        _at++;
    }

    private void ReadEscape()
    {
        if (_at + 1 >= text.Length)
            throw new CommandTemplateException("a backslash at the end keeps nothing; for a literal backslash write \\\\.", _at + 1);
        if (text[_at + 1] == '\n')
        {
            _at += 2;
            return;
        }

        StartWord();
        _wordIsPlain = false;
        _at++;
        Keep(1);
    }

    /// <summary>Reads a placeholder or a doubled brace, wherever it stands.</summary>
    private bool TryReadBrace()
    {
        var c = text[_at];
        if (c is not ('{' or '}'))
            return false;
        if (_at + 1 < text.Length && text[_at + 1] == c)
        {
            _at++;
            Keep(1);
            return true;
        }

        if (c == '}')
            throw new CommandTemplateException("'}' without '{'; for a literal brace write }}.", _at + 1);

        var close = text.AsSpan(_at + 1).IndexOfAny('{', '}');
        if (close < 0 || text[_at + 1 + close] == '{')
        {
            throw new CommandTemplateException(
                "'{' opens a placeholder that is never closed; write a name as in {gamma}, or {{ for a literal brace.", _at + 1);
        }

        var name = text.Substring(_at + 1, close);
        if (name.Length == 0 || !name.All(n => char.IsLetterOrDigit(n) || n is '_' or '-' or '.' or '/' or ':'))
        {
            throw new CommandTemplateException(
                $"'{{{name}}}' is not a placeholder: a name (letters, digits, _ - . / :) is needed, as in {{gamma}}; "
                + "for literal braces write {{ and }}.",
                _at + 1);
        }

        EndLiteral();
        _segments.Add(new TemplateSegment(name, true, _at + 1));
        _wordIsPlain = false;
        _at += close + 2;
        return true;
    }

    private void OpenGroup()
    {
        if (_group is not null)
            throw new CommandTemplateException("optional groups cannot be nested; for a literal bracket write '[' in quotes.", _at + 1);
        _group = [];
        _groupColumn = ++_at;
    }

    private void CloseGroup()
    {
        if (_group is null)
            throw new CommandTemplateException("']' without '['; for a literal bracket write ']' in quotes.", _at + 1);
        EndWord();
        if (!_group.Any(argument => argument.Any(segment => segment.IsPlaceholder)))
            throw new CommandTemplateException(GroupWithoutPlaceholder, _groupColumn);
        _items.Add(new TemplateItem(_group, true));
        _group = null;
        _at++;
        if (_at < text.Length && text[_at] is not (' ' or '\t' or '\r' or '\n'))
            throw new CommandTemplateException("a blank must follow the ']' of an optional group.", _at + 1);
    }

    private void StartWord()
    {
        if (_wordStart >= 0)
            return;
        _wordStart = _at;
        _wordIsPlain = true;
        _literalBrackets = 0;
    }

    private void EndWord()
    {
        if (_wordStart < 0)
            return;
        if (_wordIsPlain && ShellOperators.Contains(_literal.ToString()))
        {
            throw new CommandTemplateException(
                $"'{_literal}' means something to a shell only, and none reads the command; "
                + "quote it to pass it on, or run a shell yourself (sh -c '…').",
                _wordStart + 1);
        }

        EndLiteral();
        IReadOnlyList<TemplateSegment> argument = [.. _segments];
        _segments.Clear();
        _wordStart = -1;
        _literalBrackets = 0;
        if (_group is not null)
            _group.Add(argument);
        else
            _items.Add(new TemplateItem([argument], false));
    }

    private void Keep(int count)
    {
        _literal.Append(text, _at, count);
        _at += count;
    }

    private void EndLiteral()
    {
        if (_literal.Length == 0)
            return;
        _segments.Add(new TemplateSegment(_literal.ToString(), false, 0));
        _literal.Clear();
    }
}
