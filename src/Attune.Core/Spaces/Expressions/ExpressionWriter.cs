using System.Collections.Immutable;
using System.Text;

namespace Attune;

/// <summary>Writes an expression as canonical text, with just the parentheses it needs.</summary>
internal static class ExpressionWriter
{
    private const int NotLevel = 3;
    private const int ComparisonLevel = 4;
    private const int UnaryLevel = 7;
    private const int PowerLevel = 8;
    private const int PrimaryLevel = 9;

    internal static string Write(ExpressionNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.ToString();
    }

    internal static ParameterValue Negate(ParameterValue value) =>
        value.Kind == ParameterValue.ValueKind.Integer ? ParameterValue.Of(-value.AsInt64()) : ParameterValue.Of(-value.AsDouble());

    private static void Write(StringBuilder text, ExpressionNode node, int context)
    {
        var level = Level(node);
        if (level < context)
            text.Append('(');
        switch (node)
        {
            case LiteralNode literal:
                WriteValue(text, literal.Value);
                break;
            case NameNode name:
                WriteName(text, name.Name);
                break;
            case UnaryNode unary:
                text.Append(unary.IsNot ? "not " : "-");
                Write(text, unary.Operand, level);
                break;
            case InNode inside:
                Write(text, inside.Subject, level + 1);
                text.Append(" in [");
                Join(text, inside.Values, static (builder, value) => WriteValue(builder, value));
                text.Append(']');
                break;
            case CallNode call:
                text.Append(call.Function).Append('(');
                Join(text, call.Arguments, static (builder, argument) => Write(builder, argument, 0));
                text.Append(')');
                break;
            case BinaryNode binary:
                WriteBinary(text, binary, level);
                break;
        }

        if (level < context)
            text.Append(')');
    }

    private static void WriteBinary(StringBuilder text, BinaryNode binary, int level)
    {
        // Comparisons do not associate, powers associate to the right, the rest to the left.
        var rightFirst = binary.Operator == BinaryOperator.Power;
        Write(text, binary.Left, rightFirst || level == ComparisonLevel ? level + 1 : level);
        text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
        Write(text, binary.Right, rightFirst ? UnaryLevel : level + 1);
    }

    private static int Level(ExpressionNode node) => node switch
    {
        BinaryNode { Operator: BinaryOperator.Or } => 1,
        BinaryNode { Operator: BinaryOperator.And } => 2,
        UnaryNode { IsNot: true } => NotLevel,
        InNode or BinaryNode { Operator: <= BinaryOperator.GreaterOrEqual } => ComparisonLevel,
        BinaryNode { Operator: BinaryOperator.Add or BinaryOperator.Subtract } => 5,
        BinaryNode { Operator: BinaryOperator.Multiply or BinaryOperator.Divide } => 6,
        UnaryNode => UnaryLevel,
        BinaryNode => PowerLevel,
        LiteralNode { Value: { IsNumber: true } value } when value.AsDouble() < 0 => UnaryLevel,
        _ => PrimaryLevel,
    };

    private static string Symbol(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        _ => "^",
    };

    private static void WriteValue(StringBuilder text, ParameterValue value)
    {
        if (value.Kind == ParameterValue.ValueKind.Text)
            WriteQuoted(text, value.AsText(), '\'');
        else
            text.Append(value.ToString());
    }

    private static void WriteName(StringBuilder text, string name)
    {
        var plain = (char.IsLetter(name[0]) || name[0] == '_') && name.All(static part => char.IsLetterOrDigit(part) || part is '_' or '.')
            && name is not ("and" or "or" or "not" or "in" or "true" or "false");
        if (plain)
            text.Append(name);
        else
            WriteQuoted(text, name, '`');
    }

    private static void WriteQuoted(StringBuilder text, string content, char quote)
    {
        text.Append(quote);
        foreach (var part in content)
        {
            if (part == quote || part == '\\')
                text.Append('\\');
            text.Append(part);
        }

        text.Append(quote);
    }

    private static void Join<T>(StringBuilder text, ImmutableArray<T> items, Action<StringBuilder, T> write)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            write(text, items[i]);
        }
    }
}
