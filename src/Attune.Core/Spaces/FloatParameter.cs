using Attune.Internal;

namespace Attune;

/// <summary>A real number in a closed interval.</summary>
public sealed class FloatParameter : NumericParameter
{
    /// <summary>Makes a float parameter.</summary>
    /// <param name="name">Unique in its space.</param>
    /// <param name="low">The smallest value, finite.</param>
    /// <param name="high">The largest value, finite, not below <paramref name="low"/>.</param>
    /// <param name="scale">Linear by default; log needs a positive range, logit one inside (0, 1).</param>
    /// <param name="step">Values lie at low, low + step, …; null for every real number.</param>
    /// <param name="defaultValue">The default; null for the middle on the scale, to twelve digits.</param>
    /// <param name="prior">A <see cref="NormalPrior"/>, or null.</param>
    /// <param name="activation">When the parameter is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public FloatParameter(
        string name, double low, double high, Scale scale = Scale.Linear, double? step = null, double? defaultValue = null,
        Prior? prior = null, Expression? activation = null)
        : base(name, low, high, scale, step, defaultValue, prior, activation)
    {
    }

    /// <inheritdoc/>
    public override ParameterKind Kind => ParameterKind.Float;

    /// <summary>The distance of neighbouring values; null when there is none.</summary>
    public double? Step => StepSize;

    /// <inheritdoc/>
    public override ParameterValue ToValue(double number) => ParameterValue.Of(number);

    /// <inheritdoc/>
    public override double ToNumber(ParameterValue value)
    {
        if (!value.IsNumber)
            throw Error($"'{value}' is not a number; allowed are {NumberText.Exact(Low)} to {NumberText.Exact(High)}.");
        var number = Snap(value.AsDouble());
        return Check(number) is { } problem ? throw Error(problem) : number;
    }
}
