namespace Attune;

/// <summary>A real number in a closed interval; for members of type <see cref="double"/> or <see cref="float"/>, nullable or not.</summary>
/// <param name="low">The smallest value, finite.</param>
/// <param name="high">The largest value, finite, not below <paramref name="low"/>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FloatAttribute(double low, double high) : Attribute
{
    /// <summary>The smallest value.</summary>
    public double Low { get; } = low;

    /// <summary>The largest value.</summary>
    public double High { get; } = high;

    /// <summary>Linear by default; log needs a positive range, logit one inside (0, 1).</summary>
    public Scale Scale { get; set; }

    /// <summary>Values lie at low, low + step, …; NaN, the default, for every real number.</summary>
    public double Step { get; set; } = double.NaN;

    /// <summary>The default; NaN, unless set, for the member's own initial value or else the middle on the scale.</summary>
    public double Default { get; set; } = double.NaN;
}
