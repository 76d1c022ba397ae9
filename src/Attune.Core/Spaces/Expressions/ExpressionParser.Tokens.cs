using System.Globalization;
using System.Text;

namespace Attune;

internal sealed partial class ExpressionParser
{
    private LiteralNode ParseNumber()
    {
        var start = _position;
        while (_position < _text.Length
            && (char.IsAsciiDigit(_text[_position]) || _text[_position] is '.' or 'e' or 'E'
                || (_text[_position] is '+' or '-' && _text[_position - 1] is 'e' or 'E')))
            _position++;
        var digits = _text[start.._position];
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole <= IntParameter.Largest)
            return new LiteralNode(whole);
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return new LiteralNode(number);
        throw At(start, $"'{digits}' is not a number.");
    }

    private string ParseQuoted(char quote)
    {
        var start = _position++;
        var result = new StringBuilder();
        while (_position < _text.Length)
        {
            var next = _text[_position++];
            if (next == quote)
                return result.ToString();
            if (next == '\\' && _position < _text.Length)
                next = _text[_position++];
            result.Append(next);
        }

        throw At(start, $"the quote {quote} is not closed.");
    }

    private bool Take(string symbol)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _position, symbol, 0, symbol.Length) != 0)
            return false;
        _position += symbol.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        var end = _position + word.Length;
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0 || (end < _text.Length && IsWordPart(_text[end])))
            return false;
        _position = end;
        return true;
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipSpace()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
    }

    private static bool IsWordPart(char value) => char.IsLetterOrDigit(value) || value is '_' or '.';

    private BinaryNode Join(BinaryOperator operation, ExpressionNode left, ExpressionNode right) => ++_operators <= MostOperators
        ? new(operation, left, right)
        : throw At(_position, $"more than {MostOperators} operators; write lists of values as 'in [..]', or several constraints.");

    private void Deeper()
    {
        if (++_depth > DeepestNesting)
            throw At(_position, $"nested more than {DeepestNesting} levels deep.");
    }

    private SpaceException Expected(string what)
    {
        SkipSpace();
        var found = _position == _text.Length ? "the end"
            : char.IsHighSurrogate(_text[_position]) && _position + 1 < _text.Length ? $"'{_text.AsSpan(_position, 2)}'"
            : $"'{_text[_position]}'";
        var hint = found switch
        {
            "'&'" => " (write 'and')",
            "'|'" => " (write 'or')",
            "'!'" => " (write 'not' or '!=')",
            _ => "",
        };
        return At(_position, $"expected {what}, found {found}{hint}.");
    }

    private SpaceException At(int position, string problem) =>
        new($"Expression '{Expression.Excerpt(_text, position)}', column {position + 1}: {problem}");
}
