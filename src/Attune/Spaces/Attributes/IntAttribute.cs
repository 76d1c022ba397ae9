namespace Attune;

/// <summary>An integer in a closed interval; for members of type <see cref="int"/> or <see cref="long"/>, nullable or not.</summary>
/// <param name="low">The smallest value, within ±2^53.</param>
/// <param name="high">The largest value, within ±2^53, not below <paramref name="low"/>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class IntAttribute(long low, long high) : Attribute
{
    /// <summary>The smallest value.</summary>
    public long Low { get; } = low;

    /// <summary>The largest value.</summary>
    public long High { get; } = high;

    /// <summary>Linear by default; log needs a positive range; logit is not for integers.</summary>
    public Scale Scale { get; set; }

    /// <summary>Values lie at low, low + step, …; 1 by default.</summary>
    public long Step { get; set; } = 1;

    /// <summary>
    /// The default; <see cref="long.MinValue"/>, unless set, for the member's own initial value or else the middle on the scale.
    /// </summary>
    public long Default { get; set; } = long.MinValue;
}
