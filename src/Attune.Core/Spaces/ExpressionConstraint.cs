namespace Attune;

/// <summary>A rule given as an expression.</summary>
/// <param name="expression">A logical expression over the parameters of the space.</param>
public sealed class ExpressionConstraint(Expression expression) : InputConstraint
{
    /// <summary>The rule.</summary>
    public Expression Expression { get; } = expression ?? throw new ArgumentNullException(nameof(expression));

    /// <inheritdoc/>
    public override string Description => Expression.Text;
}
