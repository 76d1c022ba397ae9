using System.Collections.Immutable;

namespace Attune;

/// <summary>What a user believes about the good values of a parameter before any trial ran.</summary>
public abstract record Prior
{
    private protected Prior()
    {
    }
}

/// <summary>
/// A normal density on the parameter's scale, truncated to its range: most likely at <paramref name="Center"/>, with a standard
/// deviation of <paramref name="Spread"/> times the length of the range on that scale.
/// </summary>
/// <param name="Center">The most likely value, in the parameter's own units, inside its range.</param>
/// <param name="Spread">Standard deviation as a fraction of the range, positive; 0.1 is confident, 0.5 is vague.</param>
public sealed record NormalPrior(double Center, double Spread) : Prior;

/// <summary>Weights of the choices of a categorical or ordinal parameter.</summary>
/// <param name="Weights">One non-negative finite weight for each choice, in order; they need not sum to one, but not all may be
/// zero.</param>
public sealed record WeightPrior(ImmutableArray<double> Weights) : Prior
{
    /// <inheritdoc/>
    public bool Equals(WeightPrior? other) => other is not null && Weights.AsSpan().SequenceEqual(other.Weights.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Weights.Length == 0 ? 0 : HashCode.Combine(Weights.Length, Weights[0]);
}
