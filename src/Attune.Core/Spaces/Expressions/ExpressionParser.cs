using System.Collections.Immutable;

namespace Attune;

/// <summary>Recursive descent over the grammar in the remarks of <see cref="Expression"/>; columns in messages count from 1.</summary>
internal sealed partial class ExpressionParser
{
    private const int LongestText = 10_000;
    private const int DeepestNesting = 100;

    // A chain of operators becomes a tree as deep as the chain is long, which is walked by recursion.
    private const int MostOperators = 1000;

    private readonly string _text;
    private int _position;
    private int _depth;
    private int _operators;

    internal ExpressionParser(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
            throw new SpaceException($"An expression may have at most {LongestText} characters; this one has {text.Length}. "
                + "Lists of values are shorter with 'in [..]'.");
        _text = text;
    }

    internal ExpressionNode Parse()
    {
        var node = ParseOr();
        SkipSpace();
        return _position == _text.Length ? node : throw Expected("an operator or the end");
    }

    private ExpressionNode ParseOr()
    {
        Deeper();
        var left = ParseAnd();
        while (TakeWord("or"))
            left = Join(BinaryOperator.Or, left, ParseAnd());
        _depth--;
        return left;
    }

    private ExpressionNode ParseAnd()
    {
        var left = ParseNot();
        while (TakeWord("and"))
            left = Join(BinaryOperator.And, left, ParseNot());
        return left;
    }

    private ExpressionNode ParseNot()
    {
        if (!TakeWord("not"))
            return ParseComparison();
        Deeper();
        var operand = ParseNot();
        _depth--;
        return new UnaryNode(IsNot: true, operand);
    }

    private ExpressionNode ParseComparison()
    {
        var left = ParseSum();
        ExpressionNode result;
        if (TakeWord("in"))
            result = new InNode(left, ParseList());
        else if (TakeComparison() is { } operation)
            result = new BinaryNode(operation, left, ParseSum());
        else if (Peek() == '=')
            throw Expected("'==' (a single '=' compares nothing)");
        else
            return left;
        var end = _position;
        if (TakeComparison() is not null || TakeWord("in"))
        {
            _position = end;
            throw Expected("an operator other than a second comparison (write 'a < b and b < c' for a chain)");
        }

        return result;
    }

    private BinaryOperator? TakeComparison() =>
        Take("==") ? BinaryOperator.Equal
        : Take("!=") ? BinaryOperator.NotEqual
        : Take("<=") ? BinaryOperator.LessOrEqual
        : Take(">=") ? BinaryOperator.GreaterOrEqual
        : Take("<") ? BinaryOperator.Less
        : Take(">") ? BinaryOperator.Greater
        : null;

    private ImmutableArray<ParameterValue> ParseList()
    {
        if (!Take("["))
            throw Expected("'[' and a list of values");
        var values = ImmutableArray.CreateBuilder<ParameterValue>();
        do
        {
            SkipSpace();
            var start = _position;
            var negative = Take("-");
            if (Peek() == ']' || ParsePrimary() is not LiteralNode { Value: var value } || (negative && !value.IsNumber))
            {
                _position = start;
                throw Expected("a number, a quoted text, true or false");
            }

            values.Add(negative ? ExpressionWriter.Negate(value) : value);
        }
        while (Take(","));
        return Take("]") ? values.ToImmutable() : throw Expected("',' or ']'");
    }

    private ExpressionNode ParseSum()
    {
        var left = ParseProduct();
        while (true)
        {
            if (Take("+"))
                left = Join(BinaryOperator.Add, left, ParseProduct());
            else if (Take("-"))
                left = Join(BinaryOperator.Subtract, left, ParseProduct());
            else
                return left;
        }
    }

    private ExpressionNode ParseProduct()
    {
        var left = ParseUnary();
        while (true)
        {
            if (Take("*"))
                left = Join(BinaryOperator.Multiply, left, ParseUnary());
            else if (Take("/"))
                left = Join(BinaryOperator.Divide, left, ParseUnary());
            else
                return left;
        }
    }

    private ExpressionNode ParseUnary()
    {
        if (!Take("-"))
            return ParsePower();
        Deeper();
        var operand = ParseUnary();
        _depth--;
        return operand is LiteralNode { Value: { IsNumber: true } value }
            ? new LiteralNode(ExpressionWriter.Negate(value))
            : new UnaryNode(IsNot: false, operand);
    }

    private ExpressionNode ParsePower()
    {
        var left = ParsePrimary();
        if (!Take("^"))
            return left;
        Deeper();
        var exponent = ParseUnary();
        _depth--;
        return new BinaryNode(BinaryOperator.Power, left, exponent);
    }

    private ExpressionNode ParsePrimary()
    {
        SkipSpace();
        var next = Peek();
        if (next is '\'' or '"' or '`')
        {
            var start = _position;
            var quoted = ParseQuoted(next);
            if (next == '`' && string.IsNullOrWhiteSpace(quoted))
                throw At(start, "a name between backticks may not be blank.");
            return next == '`' ? new NameNode(quoted) : new LiteralNode(quoted);
        }

        if (Take("("))
        {
            var inner = ParseOr();
            return Take(")") ? inner : throw Expected("')'");
        }

        if (char.IsAsciiDigit(next) || next == '.')
            return ParseNumber();
        if (!char.IsLetter(next) && next != '_')
            throw Expected("a parameter, a number, a quoted text or '('");

        var wordStart = _position;
        while (_position < _text.Length && IsWordPart(_text[_position]))
            _position++;
        var word = _text[wordStart.._position];
        if (word is "true" or "false")
            return new LiteralNode(word == "true");
        if (word is "and" or "or" or "not" or "in")
        {
            _position = wordStart;
            throw Expected("a parameter, a number, a quoted text or '('");
        }

        return Take("(") ? ParseCall(word, wordStart) : new NameNode(word);
    }

    private CallNode ParseCall(string function, int start)
    {
        var arguments = ImmutableArray.CreateBuilder<ExpressionNode>();
        do
            arguments.Add(ParseOr());
        while (Take(","));
        if (!Take(")"))
            throw Expected("',' or ')'");
        if (ExpressionFunctions.ArgumentMistake(function, arguments.Count) is { } mistake)
            throw At(start, mistake);
        return new CallNode(function, arguments.ToImmutable());
    }
}
