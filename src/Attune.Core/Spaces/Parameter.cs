using Attune.Internal;
using Attune.Numerics;

namespace Attune;

/// <summary>One dimension of a search space. A parameter is immutable; its name is its identity for the whole life of a study.</summary>
/// <remarks>
/// Inside, every value is one double: a float is itself, an integer is itself, a choice is its zero-based code. Discrete parameters own
/// one cell of the unit interval for each value, so that uniform points fall on the values as the scale says, and a value is encoded
/// as the centre of its cell. Cells are told apart, and so encoding and decoding is exact, up to about 10^12 values; beyond that a
/// decoded value may be a close neighbour.
/// </remarks>
public abstract class Parameter
{
    private protected Parameter(string name, Expression? activation)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new SpaceException("A parameter needs a name that is not blank.");
        if (!IsWellFormed(name))
            throw new SpaceException(name, "the name is not well-formed Unicode (half of a surrogate pair), so it could not be stored.");
        Name = name;
        Activation = activation;
    }

    /// <summary>The name, unique in its space and stable over revisions of the space.</summary>
    public string Name { get; }

    /// <summary>The kind of the parameter.</summary>
    public abstract ParameterKind Kind { get; }

    /// <summary>When the parameter is active; null means always.</summary>
    public Expression? Activation { get; }

    /// <summary>What the user believes about good values; null means every value alike on the parameter's scale.</summary>
    public Prior? Prior { get; private protected init; }

    /// <summary>How many values the parameter has; null when they cannot be counted (a float without steps).</summary>
    public abstract long? Count { get; }

    /// <summary>Whether the parameter has a finite number of values.</summary>
    public bool IsDiscrete => Count is not null;

    /// <summary>The internal number of the default value.</summary>
    internal abstract double DefaultNumber { get; }

    /// <summary>The default: what the user gave, else the middle of the range on its scale, else the first choice.</summary>
    public ParameterValue Default => ToValue(DefaultNumber);

    /// <summary>The place of a value in the unit interval; a discrete value is the centre of its cell.</summary>
    /// <param name="number">The internal number of a legal value.</param>
    /// <returns>A number in [0, 1].</returns>
    public abstract double ToUnit(double number);

    /// <summary>The legal value at a place of the unit interval.</summary>
    /// <param name="unit">A number; what lies outside [0, 1] is taken to the nearest end.</param>
    /// <returns>The internal number of a legal value.</returns>
    public abstract double FromUnit(double unit);

    /// <summary>The part of the unit interval that belongs to a value: the cell of a discrete one, a single place for a float without
    /// steps.</summary>
    /// <param name="number">The internal number of a legal value.</param>
    /// <returns>The ends, in [0, 1]; the cells of all values fill the interval without gaps.</returns>
    public abstract (double Low, double High) UnitCell(double number);

    /// <summary>The value that an internal number stands for.</summary>
    /// <param name="number">The internal number of a legal value.</param>
    public abstract ParameterValue ToValue(double number);

    /// <summary>The internal number of a value.</summary>
    /// <param name="value">A value of this parameter; integers are taken where reals are wanted.</param>
    /// <exception cref="SpaceException">The value is of another kind, out of range or off the steps.</exception>
    public abstract double ToNumber(ParameterValue value);

    /// <summary>Why an internal number is not legal, or null when it is.</summary>
    /// <param name="number">An internal number.</param>
    public abstract string? Check(double number);

    /// <summary>The internal number of the value with an index, for discrete parameters.</summary>
    /// <param name="index">An index from 0 to <see cref="Count"/> − 1, in ascending order of value or in order of the choices.</param>
    public abstract double NumberAt(long index);

    /// <summary>The index of a legal value, for discrete parameters.</summary>
    /// <param name="number">The internal number of a legal value.</param>
    /// <returns>An index from 0 to <see cref="Count"/> − 1.</returns>
    public abstract long IndexOf(double number);

    /// <summary>A legal value for a uniform draw: by the prior where there is one, else uniform on the scale.</summary>
    /// <param name="uniform">A number in [0, 1).</param>
    public double FromPrior(double uniform) => FromUnit(Prior is null ? uniform : PriorToUnit(uniform));

    /// <summary>The share of the prior that lies at or below a place of the unit interval: the inverse of how
    /// <see cref="FromPrior"/> draws. For choices it is right at the ends of their cells and linear inside.</summary>
    /// <param name="unit">A place in [0, 1].</param>
    /// <returns>A number in [0, 1]; the place itself where there is no prior.</returns>
    public double PriorCdf(double unit)
    {
        switch (Prior)
        {
            case NormalPrior { Spread: < 1e5 } normal:
                var center = UnitOfCenter(normal.Center);
                var low = NormalDistribution.Cdf(-center / normal.Spread);
                var high = NormalDistribution.Cdf((1 - center) / normal.Spread);
                return Math.Clamp((NormalDistribution.Cdf((unit - center) / normal.Spread) - low) / (high - low), 0, 1);
            case WeightPrior { Weights: var weights }:
                var (total, below) = (0.0, 0.0);
                for (var i = 0; i < weights.Length; i++)
                {
                    total += weights[i];
                    below += weights[i] * Math.Clamp((unit * weights.Length) - i, 0, 1);
                }

                return below / total;
            default:
                return unit;
        }
    }

    /// <summary>The place of a normal prior's center in the unit interval; it need not lie on the steps.</summary>
    private protected virtual double UnitOfCenter(double center) => 0.5;

    private double PriorToUnit(double uniform)
    {
        switch (Prior)
        {
            // So wide that the density varies by less than 1e-10 over the range, and the difference of the tails would lose its digits.
            case NormalPrior { Spread: >= 1e5 }:
                return uniform;
            case NormalPrior normal:
                var center = UnitOfCenter(normal.Center);
                var low = NormalDistribution.Cdf(-center / normal.Spread);
                var high = NormalDistribution.Cdf((1 - center) / normal.Spread);
                return Math.Clamp(center + (normal.Spread * NormalDistribution.Quantile(low + (uniform * (high - low)))), 0, 1);
            case WeightPrior weights:
                var total = 0.0;
                foreach (var weight in weights.Weights)
                    total += weight;
                var target = uniform * total;
                var index = 0;
                while (index < weights.Weights.Length - 1 && target >= weights.Weights[index])
                    target -= weights.Weights[index++];
                while (weights.Weights[index] == 0)
                    index--;
                return ToUnit(index);
            default:
                return uniform;
        }
    }

    /// <summary>Whether two parameters have the same name, range, condition and prior.</summary>
    internal abstract bool SameAs(Parameter other);

    private protected void CheckNormalPrior(double low, double high)
    {
        switch (Prior)
        {
            case NormalPrior normal when !(normal.Center >= low && normal.Center <= high):
                throw Error($"the prior's center {NumberText.Exact(normal.Center)} lies outside the range {NumberText.Exact(low)} to "
                    + $"{NumberText.Exact(high)}.");
            case NormalPrior normal when !(normal.Spread > 0 && double.IsFinite(normal.Spread)):
                throw Error($"the prior's spread {NumberText.Exact(normal.Spread)} must be positive and finite (a fraction of the range).");
            case WeightPrior:
                throw Error("weights are a prior for choices; a numeric parameter takes a normal prior (center, spread).");
        }
    }

    private protected SpaceException Error(string message) => new(Name, message);

    /// <summary>Whether a text survives being stored as UTF-8.</summary>
    private protected static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    private protected static bool SameExpression(Expression? left, Expression? right) => Equals(left, right);

    /// <summary>The parameter in one line, such as <c>rate: float 1E-05 … 0.1, log</c>.</summary>
    public override string ToString() => $"{Name}: {Describe()}";

    /// <summary>Kind and range in words.</summary>
    public abstract string Describe();
}
