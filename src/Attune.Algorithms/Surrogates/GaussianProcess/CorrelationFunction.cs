using System.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Stationary correlations as functions of r², the squared scaled distance.</summary>
/// <remarks>
/// <para>Matérn with ν = 5/2: m(r) = (1 + √5 r + 5r²/3) exp(−√5 r) (C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine
/// Learning, 2006, equation 4.17), with −2 dm/d(r²) = (5/3)(1 + √5 r) exp(−√5 r).</para>
/// <para>Squared exponential: m(r) = exp(−r²/2) (equation 4.9), with −2 dm/d(r²) = exp(−r²/2).</para>
/// </remarks>
internal static class CorrelationFunction
{
    private const double FiveThirds = 5.0 / 3;

    private static readonly double SqrtFive = Math.Sqrt(5);

    /// <summary>Correlations and slopes −2 dm/d(r²) of many squared distances.</summary>
    /// <param name="smoothness">Which correlation.</param>
    /// <param name="squared">r² ≥ 0.</param>
    /// <param name="correlations">Receives m; may be <paramref name="squared"/> itself.</param>
    /// <param name="slopes">Receives the slopes; may be empty when not wanted.</param>
    internal static void Evaluate(Smoothness smoothness, ReadOnlySpan<double> squared, Span<double> correlations, Span<double> slopes)
    {
        var wide = Vector<double>.Count;
        var j = 0;
        for (; j <= squared.Length - wide; j += wide)
        {
            var (correlation, slope) = Evaluate(smoothness, new Vector<double>(squared[j..]));
            correlation.CopyTo(correlations[j..]);
            if (!slopes.IsEmpty)
                slope.CopyTo(slopes[j..]);
        }

        if (j == squared.Length)
            return;

        // The rest goes through the same arithmetic, so that a value does not depend on where it stands.
        Span<double> rest = stackalloc double[wide];
        rest.Clear();
        squared[j..].CopyTo(rest);
        var (last, lastSlope) = Evaluate(smoothness, new Vector<double>(rest));
        for (var k = 0; j < squared.Length; j++, k++)
        {
            correlations[j] = last[k];
            if (!slopes.IsEmpty)
                slopes[j] = lastSlope[k];
        }
    }

    private static (Vector<double> Correlation, Vector<double> Slope) Evaluate(Smoothness smoothness, Vector<double> squared)
    {
        if (smoothness == Smoothness.SquaredExponential)
        {
            var value = Vector.Exp(squared * -0.5);
            return (value, value);
        }

        var scaled = Vector.SquareRoot(squared) * SqrtFive;
        var decay = Vector.Exp(-scaled);
        var linear = (Vector<double>.One + scaled) * decay;
        return (linear + (squared * FiveThirds * decay), linear * FiveThirds);
    }
}
