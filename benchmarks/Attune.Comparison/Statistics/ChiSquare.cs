namespace Attune.Comparison;

/// <summary>The χ² distribution.</summary>
internal static class ChiSquare
{
    /// <summary>The probability of a value of at least x.</summary>
    /// <param name="x">Not negative.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    /// <remarks>Series and continued fraction of the incomplete gamma function, M. Abramowitz, I. A. Stegun, 6.5.29 and 6.5.31, the latter
    /// by Lentz's method.</remarks>
    internal static double Tail(double x, int degrees)
    {
        var (a, z) = (degrees / 2.0, x / 2);
        if (z <= 0)
            return 1;
        var front = Math.Exp((a * Math.Log(z)) - z - LogGamma(a));
        return z < a + 1 ? 1 - (front * Series(a, z)) : front * Fraction(a, z);
    }

    private static double Series(double a, double z)
    {
        var (term, sum) = (1 / a, 1 / a);
        for (var n = 1; n < 10_000 && term > sum * 1e-17; n++)
        {
            term *= z / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double z)
    {
        var b = z + 1 - a;
        var (c, d) = (1e300, 1 / b);
        var result = d;
        for (var n = 1; n < 10_000; n++)
        {
            var numerator = -n * (n - a);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            result *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16)
                break;
        }

        return result;
    }

    /// <summary>ln Γ of half a whole number, by the recurrence from Γ(1/2) = √π and Γ(1) = 1.</summary>
    private static double LogGamma(double a)
    {
        var (log, from) = a == Math.Floor(a) ? (0.0, 1.0) : (0.5 * Math.Log(Math.PI), 0.5);
        for (; from < a; from++)
            log += Math.Log(from);
        return log;
    }
}
