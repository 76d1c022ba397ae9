using System.Collections.Immutable;

namespace Attune;

internal enum BinaryOperator
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

internal abstract record ExpressionNode;

internal sealed record LiteralNode(ParameterValue Value) : ExpressionNode;

internal sealed record NameNode(string Name) : ExpressionNode;

/// <summary>Logical not, or arithmetic minus.</summary>
internal sealed record UnaryNode(bool IsNot, ExpressionNode Operand) : ExpressionNode;

internal sealed record BinaryNode(BinaryOperator Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode;

internal sealed record InNode(ExpressionNode Subject, ImmutableArray<ParameterValue> Values) : ExpressionNode;

internal sealed record CallNode(string Function, ImmutableArray<ExpressionNode> Arguments) : ExpressionNode;
