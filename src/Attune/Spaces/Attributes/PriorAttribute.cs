namespace Attune;

/// <summary>Where good values of a number are believed to be; see <see cref="NormalPrior"/>.</summary>
/// <param name="center">The most likely value, in the parameter's own units, inside its range.</param>
/// <param name="spread">Standard deviation as a fraction of the range on its scale, positive; 0.1 is confident, 0.5 is vague.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PriorAttribute(double center, double spread) : Attribute
{
    /// <summary>The most likely value.</summary>
    public double Center { get; } = center;

    /// <summary>Standard deviation as a fraction of the range on its scale.</summary>
    public double Spread { get; } = spread;
}
