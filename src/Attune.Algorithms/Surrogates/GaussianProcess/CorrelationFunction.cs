using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Stationary correlations as functions of r², the squared scaled distance.</summary>
/// <remarks>
/// <para>Matérn with ν = 5/2: m(r) = (1 + √5 r + 5r²/3) exp(−√5 r) (C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine
/// Learning, 2006, equation 4.17), with −2 dm/d(r²) = (5/3)(1 + √5 r) exp(−√5 r).</para>
/// <para>Squared exponential: m(r) = exp(−r²/2) (equation 4.9), with −2 dm/d(r²) = exp(−r²/2).</para>
/// </remarks>
internal static class CorrelationFunction
{
    internal const double SqrtFive = 2.2360679774997896964;

    private const double FiveThirds = 5.0 / 3;
    private const double Third = 1.0 / 3;

    // Beyond it the exponential, below 1e-307, would need subnormal numbers.
    private const double LeastExponent = -708;

    // 1.5 · 2⁵²: a number added to it loses its fraction, and its integer part stands in the lowest bits.
    private const double Rounding = 6755399441055744;
    private const double Log2E = 1.4426950408889634074;

    // log 2 in two parts, of which the first has so few digits that its multiples are exact.
    private const double LogTwoHigh = 0.693147180369123816490;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    /// <summary>Correlations of eight squared distances.</summary>
    /// <param name="smoothness">Which correlation.</param>
    /// <param name="squared">r² ≥ 0.</param>
    /// <param name="slope">Receives the slopes −2 dm/d(r²).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Evaluate(Smoothness smoothness, Vector512<double> squared, out Vector512<double> slope)
    {
        if (smoothness == Smoothness.SquaredExponential)
            return slope = Exp(squared * Vector512.Create(-0.5));
        var scaled = Vector512.Sqrt(squared) * Vector512.Create(SqrtFive);
        return Matern(scaled, Exp(-scaled), out slope);
    }

    /// <summary>Matérn correlations of eight distances.</summary>
    /// <param name="scaled">√5 r.</param>
    /// <param name="decay">exp(−√5 r).</param>
    /// <param name="slope">Receives the slopes −2 dm/d(r²).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Matern(Vector512<double> scaled, Vector512<double> decay, out Vector512<double> slope)
    {
        var linear = Vector512.FusedMultiplyAdd(scaled, decay, decay);
        slope = linear * Vector512.Create(FiveThirds);
        return Vector512.FusedMultiplyAdd(scaled * scaled, decay * Vector512.Create(Third), linear);
    }

    /// <summary>exp x for x ≤ 700, to about one unit in the last place; exp(−708) takes the place of what is smaller.</summary>
    /// <remarks>x = k log 2 + r with |r| ≤ ½ log 2, and Taylor's series of exp r to r¹³, whose remainder is below 5e-18.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.MaxNative(Vector512.Create(LeastExponent), x);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), Vector512.Create(Rounding));
        var whole = shifted - Vector512.Create(Rounding);
        var r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-LogTwoHigh), x);
        r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-LogTwoLow), r);

        // Even and odd powers apart: two short chains of operations instead of a long one.
        var square = r * r;
        var even = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 479001600), Vector512.Create(1.0 / 3628800));
        var odd = Vector512.FusedMultiplyAdd(square, Vector512.Create(1.0 / 6227020800), Vector512.Create(1.0 / 39916800));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(1.0 / 40320));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(1.0 / 362880));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(1.0 / 720));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(1.0 / 5040));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(1.0 / 24));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(1.0 / 120));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512.Create(0.5));
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512.Create(1.0 / 6));
        even = Vector512.FusedMultiplyAdd(even, square, Vector512<double>.One);
        odd = Vector512.FusedMultiplyAdd(odd, square, Vector512<double>.One);
        var sum = Vector512.FusedMultiplyAdd(odd, r, even);
        return (sum.AsInt64() + Vector512.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
    }
}
