using System.Globalization;
using Attune.Internal;

namespace Attune;

/// <summary>An integer in a closed interval.</summary>
public sealed class IntParameter : NumericParameter
{
    /// <summary>The largest size of an integer value: 2^53, up to which doubles hold every integer.</summary>
    internal const double Largest = 9007199254740992;

    /// <summary>Makes an integer parameter.</summary>
    /// <param name="name">Unique in its space.</param>
    /// <param name="low">The smallest value, within ±2^53.</param>
    /// <param name="high">The largest value, within ±2^53, not below <paramref name="low"/>.</param>
    /// <param name="scale">Linear by default; log needs a positive range; logit is not for integers.</param>
    /// <param name="step">Values lie at low, low + step, …; 1 by default.</param>
    /// <param name="defaultValue">The default; null for the middle on the scale.</param>
    /// <param name="prior">A <see cref="NormalPrior"/>, or null.</param>
    /// <param name="activation">When the parameter is active; null for always.</param>
    /// <exception cref="SpaceException">The definition is not legal.</exception>
    public IntParameter(
        string name, long low, long high, Scale scale = Scale.Linear, long step = 1, long? defaultValue = null, Prior? prior = null,
        Expression? activation = null)
        : base(name, Bounded(name, low), Bounded(name, high), scale, step, defaultValue, prior, activation)
    {
    }

    /// <inheritdoc/>
    public override ParameterKind Kind => ParameterKind.Int;

    /// <summary>The distance of neighbouring values.</summary>
    public long Step => (long)StepSize!.Value;

    /// <inheritdoc/>
    public override ParameterValue ToValue(double number) => ParameterValue.Of((long)number);

    /// <inheritdoc/>
    public override double ToNumber(ParameterValue value)
    {
        if (!value.IsNumber || value.AsDouble() != Math.Floor(value.AsDouble()))
            throw Error($"'{value}' is not an integer; allowed are {NumberText.Exact(Low)} to {NumberText.Exact(High)}.");
        var number = value.AsDouble();
        return Check(number) is { } problem ? throw Error(problem) : number;
    }

    /// <summary>Whether an integer is exact as a double; compared before it is converted, which would round 2^53 + 1 to 2^53.</summary>
    internal static bool IsExact(long value) => value is >= -(long)Largest and <= (long)Largest;

    private static double Bounded(string name, long value) => IsExact(value)
        ? value
        : throw new SpaceException(
            name, $"the bound {value.ToString(CultureInfo.InvariantCulture)} lies outside ±2^53, where integers are no longer exact.");
}
