namespace Attune;

/// <summary>One of several choices in ascending order; neighbours are close, distances mean nothing else.</summary>
public sealed class OrdinalParameter : ChoiceParameter
{
    /// <summary>Makes an ordinal parameter.</summary>
    /// <param name="name">Unique in its space.</param>
    /// <param name="choices">At least one choice, all different, in ascending order.</param>
    /// <param name="defaultValue">One of the choices; null for the first.</param>
    /// <param name="prior">A <see cref="WeightPrior"/>, or null.</param>
    /// <param name="activation">When the parameter is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public OrdinalParameter(
        string name, IEnumerable<ParameterValue> choices, ParameterValue? defaultValue = null, Prior? prior = null,
        Expression? activation = null)
        : base(name, choices, defaultValue, prior, activation)
    {
    }

    /// <inheritdoc/>
    public override ParameterKind Kind => ParameterKind.Ordinal;
}
