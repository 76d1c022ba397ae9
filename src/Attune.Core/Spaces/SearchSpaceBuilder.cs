namespace Attune;

/// <summary>Builds a search space parameter by parameter.</summary>
/// <example><code>
/// var space = new SearchSpaceBuilder()
///     .Float("rate", 1e-5, 0.1, Scale.Log)
///     .Categorical("model", ["svm", "logistic"])
///     .Float("gamma", 1e-4, 1, Scale.Log, when: "model == 'svm'")
///     .Build();
/// </code></example>
public sealed class SearchSpaceBuilder
{
    private readonly List<Parameter> _parameters = [];
    private readonly List<Expression> _forbidden = [];
    private readonly List<InputConstraint> _constraints = [];

    /// <summary>Adds a float; see <see cref="FloatParameter"/>.</summary>
    /// <param name="name">Unique in the space.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="scale">Linear by default.</param>
    /// <param name="step">Null for every real number.</param>
    /// <param name="defaultValue">Null for the middle on the scale.</param>
    /// <param name="prior">Null for none.</param>
    /// <param name="when">The condition under which it is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public SearchSpaceBuilder Float(
        string name, double low, double high, Scale scale = Scale.Linear, double? step = null, double? defaultValue = null,
        Prior? prior = null, string? when = null) =>
        Add(new FloatParameter(name, low, high, scale, step, defaultValue, prior, Condition(name, when)));

    /// <summary>Adds an integer; see <see cref="IntParameter"/>.</summary>
    /// <param name="name">Unique in the space.</param>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="scale">Linear by default.</param>
    /// <param name="step">1 by default.</param>
    /// <param name="defaultValue">Null for the middle on the scale.</param>
    /// <param name="prior">Null for none.</param>
    /// <param name="when">The condition under which it is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public SearchSpaceBuilder Int(
        string name, long low, long high, Scale scale = Scale.Linear, long step = 1, long? defaultValue = null, Prior? prior = null,
        string? when = null) =>
        Add(new IntParameter(name, low, high, scale, step, defaultValue, prior, Condition(name, when)));

    /// <summary>Adds a categorical parameter; see <see cref="CategoricalParameter"/>.</summary>
    /// <param name="name">Unique in the space.</param>
    /// <param name="choices">At least one choice.</param>
    /// <param name="defaultValue">Null for the first.</param>
    /// <param name="prior">Null for none.</param>
    /// <param name="when">The condition under which it is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public SearchSpaceBuilder Categorical(
        string name, IEnumerable<ParameterValue> choices, ParameterValue? defaultValue = null, Prior? prior = null, string? when = null) =>
        Add(new CategoricalParameter(name, choices, defaultValue, prior, Condition(name, when)));

    /// <summary>Adds an ordinal parameter; see <see cref="OrdinalParameter"/>.</summary>
    /// <param name="name">Unique in the space.</param>
    /// <param name="choices">At least one choice, ascending.</param>
    /// <param name="defaultValue">Null for the first.</param>
    /// <param name="prior">Null for none.</param>
    /// <param name="when">The condition under which it is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public SearchSpaceBuilder Ordinal(
        string name, IEnumerable<ParameterValue> choices, ParameterValue? defaultValue = null, Prior? prior = null, string? when = null) =>
        Add(new OrdinalParameter(name, choices, defaultValue, prior, Condition(name, when)));

    /// <summary>Adds a true-or-false parameter: a categorical one with the choices false and true.</summary>
    /// <param name="name">Unique in the space.</param>
    /// <param name="defaultValue">False by default.</param>
    /// <param name="when">The condition under which it is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public SearchSpaceBuilder Boolean(string name, bool defaultValue = false, string? when = null) =>
        Categorical(name, [false, true], defaultValue, when: when);

    /// <summary>Adds a parameter made elsewhere.</summary>
    /// <param name="parameter">A parameter.</param>
    public SearchSpaceBuilder Add(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add(parameter);
        return this;
    }

    /// <summary>Forbids every combination that meets a condition.</summary>
    /// <param name="condition">Such as <c>model == 'svm' and rank &gt; 500</c>.</param>
    /// <exception cref="SpaceException">The text is not an expression.</exception>
    public SearchSpaceBuilder Forbid(string condition)
    {
        _forbidden.Add(Expression.Parse(condition));
        return this;
    }

    /// <summary>Demands a rule of every configuration.</summary>
    /// <param name="rule">Such as <c>batch * width &lt;= 65536</c>.</param>
    /// <exception cref="SpaceException">The text is not an expression.</exception>
    public SearchSpaceBuilder Constrain(string rule) => Constrain(InputConstraint.Of(Expression.Parse(rule)));

    /// <summary>Demands a rule of every configuration.</summary>
    /// <param name="constraint">A rule, perhaps given as code.</param>
    public SearchSpaceBuilder Constrain(InputConstraint constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        _constraints.Add(constraint);
        return this;
    }

    /// <summary>The space.</summary>
    /// <exception cref="SpaceException">The space is not legal.</exception>
    public SearchSpace Build() => new(_parameters, _forbidden, _constraints);

    private static Expression? Condition(string name, string? when)
    {
        if (when is null)
            return null;
        try
        {
            return Expression.Parse(when);
        }
        catch (SpaceException exception)
        {
            throw new SpaceException(name, $"its condition is not legal. {exception.Message}");
        }
    }
}
