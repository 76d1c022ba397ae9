namespace Attune;

/// <summary>How likely each choice is believed to be good; see <see cref="WeightPrior"/>.</summary>
/// <param name="weights">One non-negative finite weight for each choice, in order; not all zero.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WeightsAttribute(params double[] weights) : Attribute
{
    /// <summary>The weights in the order of the choices.</summary>
    public IReadOnlyList<double> Weights { get; } = weights ?? [];
}
