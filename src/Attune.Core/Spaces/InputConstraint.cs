namespace Attune;

/// <summary>A rule that every proposed configuration obeys before anything is evaluated.</summary>
public abstract class InputConstraint
{
    private protected InputConstraint()
    {
    }

    /// <summary>The rule in words, for messages.</summary>
    public abstract string Description { get; }

    /// <summary>A rule given as an expression, such as <c>batch * width &lt;= 65536</c>; it holds unless it is false.</summary>
    /// <param name="expression">A logical expression over the parameters of the space.</param>
    public static InputConstraint Of(Expression expression) => new ExpressionConstraint(expression);

    /// <summary>A rule given as code. Journals hold its name and version only, so whoever reopens the study must supply it again.</summary>
    /// <param name="name">A stable name.</param>
    /// <param name="version">Raised whenever the rule changes.</param>
    /// <param name="holds">A pure function: true when the configuration is legal.</param>
    public static InputConstraint Of(string name, int version, Func<Configuration, bool> holds) =>
        new DelegateConstraint(name, version, holds);
}
