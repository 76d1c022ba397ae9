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

/// <summary>A rule given as an expression.</summary>
/// <param name="expression">A logical expression over the parameters of the space.</param>
public sealed class ExpressionConstraint(Expression expression) : InputConstraint
{
    /// <summary>The rule.</summary>
    public Expression Expression { get; } = expression ?? throw new ArgumentNullException(nameof(expression));

    /// <inheritdoc/>
    public override string Description => Expression.Text;
}

/// <summary>A rule given as code, named in journals by name and version.</summary>
public sealed class DelegateConstraint : InputConstraint
{
    private Func<Configuration, bool>? _holds;

    internal DelegateConstraint(string name, int version, Func<Configuration, bool>? holds)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new SpaceException("An input constraint given as code needs a name.");
        (Name, Version, _holds) = (name, version, holds);
    }

    /// <summary>The stable name.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public int Version { get; }

    /// <summary>Whether the code is at hand; a space read from a journal has only name and version until it is bound.</summary>
    public bool IsBound => _holds is not null;

    /// <inheritdoc/>
    public override string Description => $"{Name} (version {Version})";

    /// <summary>Supplies the code that a journal could not hold.</summary>
    internal void Bind(DelegateConstraint source) => _holds ??= source._holds;

    internal bool Holds(Configuration configuration) => _holds is not null
        ? _holds(configuration)
        : throw new SpaceException($"The input constraint '{Description}' is code that this process was not given; "
            + "pass the search space again when you open the study.");
}
