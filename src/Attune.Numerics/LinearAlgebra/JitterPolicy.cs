namespace Attune.Numerics;

/// <summary>How much to add to a diagonal, step by step, until a matrix that is positive definite but for rounding can be
/// factorised.</summary>
/// <remarks>The first attempt always adds nothing. Amounts are relative to the mean of the diagonal.</remarks>
public sealed record JitterPolicy
{
    /// <summary>The policy with all defaults.</summary>
    public static JitterPolicy Default { get; } = new();

    /// <summary>The first amount after zero. Default 1e-10; positive.</summary>
    public double First { get; init; } = 1e-10;

    /// <summary>By what each next amount is larger. Default 10; above 1.</summary>
    public double Growth { get; init; } = 10;

    /// <summary>The largest amount that may be tried. Default 1e-4; at least <see cref="First"/>.</summary>
    public double Largest { get; init; } = 1e-4;

    internal void Check()
    {
        if (!(First > 0))
            throw new ArgumentOutOfRangeException(nameof(First), First, "The first jitter must be positive.");
        if (!(Growth > 1))
            throw new ArgumentOutOfRangeException(nameof(Growth), Growth, "The growth of the jitter must be above 1.");
        if (!(Largest >= First))
            throw new ArgumentOutOfRangeException(nameof(Largest), Largest, "The largest jitter must be at least the first.");
    }
}
