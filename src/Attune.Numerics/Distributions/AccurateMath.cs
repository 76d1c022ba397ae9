namespace Attune.Numerics;

/// <summary>Elementary functions that keep their relative accuracy near zero, where the plain formulas cancel.</summary>
/// <remarks>By W. Kahan's corrections of log(1 + x) and exp(x) - 1 (in N. Higham, "Accuracy and Stability of Numerical Algorithms", section
/// 1.14.1); a few units in the last place.</remarks>
public static class AccurateMath
{
    /// <summary>log(1 + x).</summary>
    /// <param name="x">At least -1; below that the result is NaN.</param>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        if (sum == 1)
            return x;

        double log = Math.Log(sum);
        return double.IsFinite(log) ? log * (x / (sum - 1)) : log;
    }

    /// <summary>exp(x) - 1.</summary>
    /// <param name="x">Any number.</param>
    public static double ExpMinusOne(double x)
    {
        double exp = Math.Exp(x);
        if (exp == 1)
            return x;

        double difference = exp - 1;
        return difference == -1 || double.IsInfinity(exp) ? difference : difference * (x / Math.Log(exp));
    }

    /// <summary>log(1 - exp(x)) for x ≤ 0.</summary>
    /// <param name="x">At most 0; 0 gives negative infinity, above 0 the result is NaN.</param>
    /// <remarks>M. Mächler, "Accurately computing log(1 - exp(-|a|))", 2012, equation 7.</remarks>
    public static double LogOneMinusExp(double x) =>
        x > -0.6931471805599453 ? Math.Log(-ExpMinusOne(x)) : LogOnePlus(-Math.Exp(x));

    /// <summary>log(exp(a) + exp(b)) without overflow or underflow.</summary>
    /// <param name="a">A logarithm; negative infinity stands for zero.</param>
    /// <param name="b">A logarithm; negative infinity stands for zero.</param>
    public static double LogAddExp(double a, double b)
    {
        if (double.IsInfinity(a) && a == b)
            return a;

        double largest = Math.Max(a, b);
        return largest + LogOnePlus(Math.Exp(Math.Min(a, b) - largest));
    }
}
