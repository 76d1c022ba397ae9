using System.Diagnostics.CodeAnalysis;

namespace Attune;

/// <summary>
/// A small expression over parameters: when a parameter is active, which combinations are forbidden, which constraints inputs obey.
/// It is parsed from text, compared by meaning of that text, and written back as canonical text.
/// </summary>
/// <remarks>
/// <para>Literals: numbers, 'texts' in single or double quotes, true, false. Operators, loosest first: <c>or</c>, <c>and</c>, <c>not</c>;
/// <c>== != &lt; &lt;= &gt; &gt;= in [..]</c>; <c>+ -</c>; <c>* /</c>; unary minus; <c>^</c> (right associative). Functions: log, log2,
/// log10, exp, sqrt, abs, floor, ceil, min, max. A name that is not a plain word is written in backticks.</para>
/// <para>Logic is three-valued (Kleene): a comparison that involves an inactive parameter is unknown. A parameter is active only when
/// its condition is true; a combination is forbidden only when it is true; a constraint is violated only when it is false.</para>
/// </remarks>
public sealed class Expression : IEquatable<Expression>
{
    internal Expression(ExpressionNode root)
    {
        Root = root;
        Text = ExpressionWriter.Write(root);
    }

    /// <summary>The canonical text.</summary>
    public string Text { get; }

    internal ExpressionNode Root { get; }

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The text, at most 10,000 characters.</param>
    /// <exception cref="SpaceException">The text is not an expression; the message names the column and what was expected.</exception>
    public static Expression Parse(string text) => new(new ExpressionParser(text).Parse());

    /// <summary>The condition that a parameter equals a value.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <param name="value">A value of that parameter.</param>
    /// <exception cref="SpaceException">The name is empty.</exception>
    public static Expression Equal(string parameter, ParameterValue value) =>
        Checked(new BinaryNode(BinaryOperator.Equal, Name(parameter), new LiteralNode(value)));

    /// <summary>The condition that a parameter has one of several values.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <param name="values">At least one value of that parameter.</param>
    /// <exception cref="SpaceException">The name is empty, or there is no value.</exception>
    public static Expression In(string parameter, params IEnumerable<ParameterValue> values) =>
        Checked(new InNode(Name(parameter), [.. values]));

    /// <summary>The conjunction of two conditions.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "And is the named form.")]
    public static Expression operator &(Expression left, Expression right) => And(left, right);

    /// <summary>The disjunction of two conditions.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "Or is the named form.")]
    public static Expression operator |(Expression left, Expression right) => Or(left, right);

    /// <summary>The conjunction of two conditions.</summary>
    public static Expression And(Expression left, Expression right) => Combine(BinaryOperator.And, left, right);

    /// <summary>The disjunction of two conditions.</summary>
    public static Expression Or(Expression left, Expression right) => Combine(BinaryOperator.Or, left, right);

    /// <summary>The names of the parameters that occur, each once, in order of appearance.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>();
        Collect(Root, names);
        return names;
    }

    /// <summary>The same expression over parameters with other names.</summary>
    /// <param name="rename">The new name of each old one; called once for each occurrence.</param>
    public Expression Rename(Func<string, string> rename)
    {
        ArgumentNullException.ThrowIfNull(rename);
        return new(Rename(Root, rename));
    }

    /// <inheritdoc/>
    public bool Equals(Expression? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expression);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    private static Expression Combine(BinaryOperator operation, Expression left, Expression right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Checked(new BinaryNode(operation, left.Root, right.Root));
    }

    private static NameNode Name(string parameter) =>
        string.IsNullOrEmpty(parameter) ? throw new SpaceException("An expression needs the name of a parameter.") : new(parameter);

    // What stands in a journal is text, so what was put together must be readable as text.
    private static Expression Checked(ExpressionNode root) => Parse(new Expression(root).Text);

    /// <summary>A text short enough for a message: all of it, or what stands around a position.</summary>
    internal static string Excerpt(string text, int position)
    {
        const int around = 60;
        var (start, end) = (Math.Max(0, position - around), Math.Min(text.Length, position + around));
        return text.Length <= 2 * around ? text : $"{(start > 0 ? "…" : "")}{text[start..end]}{(end < text.Length ? "…" : "")}";
    }

    private static ExpressionNode Rename(ExpressionNode node, Func<string, string> rename) => node switch
    {
        NameNode name => new NameNode(rename(name.Name)),
        UnaryNode unary => unary with { Operand = Rename(unary.Operand, rename) },
        BinaryNode binary => binary with { Left = Rename(binary.Left, rename), Right = Rename(binary.Right, rename) },
        InNode inside => inside with { Subject = Rename(inside.Subject, rename) },
        CallNode call => call with { Arguments = [.. call.Arguments.Select(argument => Rename(argument, rename))] },
        _ => node,
    };

    private static void Collect(ExpressionNode node, List<string> names)
    {
        switch (node)
        {
            case NameNode name when !names.Contains(name.Name):
                names.Add(name.Name);
                break;
            case UnaryNode unary:
                Collect(unary.Operand, names);
                break;
            case BinaryNode binary:
                Collect(binary.Left, names);
                Collect(binary.Right, names);
                break;
            case InNode inside:
                Collect(inside.Subject, names);
                break;
            case CallNode call:
                foreach (var argument in call.Arguments)
                    Collect(argument, names);
                break;
        }
    }
}
