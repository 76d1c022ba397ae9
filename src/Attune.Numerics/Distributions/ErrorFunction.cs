namespace Attune.Numerics;

/// <summary>The error function and its scaled complement, to about two units in the last place.</summary>
/// <remarks>
/// The rational Chebyshev approximations of W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
/// Computation 23, 1969, pages 631-637: one in x² up to 0.46875, one in x up to 4, one in 1/x² beyond.
/// </remarks>
internal static class ErrorFunction
{
    internal const double CentralLimit = 0.46875;

    private const double InverseSqrtPi = 0.56418958354775628695;

    /// <summary>erf(x) for |x| ≤ <see cref="CentralLimit"/>.</summary>
    internal static double Central(double x)
    {
        double y = x * x;
        double numerator = (((1.85777706184603153E-1 * y + 3.16112374387056560E00) * y + 1.13864154151050156E02) * y
            + 3.77485237685302021E02) * y + 3.20937758913846947E03;
        double denominator = (((y + 2.36012909523441209E01) * y + 2.44024637934444173E02) * y
            + 1.28261652607737228E03) * y + 2.84423683343917062E03;
        return x * numerator / denominator;
    }

    /// <summary>exp(x²)·erfc(x) for x ≥ <see cref="CentralLimit"/>.</summary>
    internal static double ScaledComplementTail(double x)
    {
        if (x > 4)
        {
            double y = 1 / (x * x);
            double correction = ((((1.63153871373020978E-2 * y + 3.05326634961232344E-1) * y + 3.60344899949804439E-1) * y
                + 1.25781726111229246E-1) * y + 1.60837851487422766E-2) * y + 6.58749161529837803E-4;
            double scale = ((((y + 2.56852019228982242E00) * y + 1.87295284992346725E00) * y
                + 5.27905102951428412E-1) * y + 6.05183413124413191E-2) * y + 2.33520497626869185E-3;
            return (InverseSqrtPi - y * correction / scale) / x;
        }

        double numerator = (((((((2.15311535474403846E-8 * x + 5.64188496988670089E-1) * x + 8.88314979438837594E0) * x
            + 6.61191906371416295E01) * x + 2.98635138197400131E02) * x + 8.81952221241769090E02) * x
            + 1.71204761263407058E03) * x + 2.05107837782607147E03) * x + 1.23033935479799725E03;
        double denominator = (((((((x + 1.57449261107098347E01) * x + 1.17693950891312499E02) * x
            + 5.37181101862009858E02) * x + 1.62138957456669019E03) * x + 3.29079923573345963E03) * x
            + 4.36261909014324716E03) * x + 3.43936767414372164E03) * x + 1.23033935480374942E03;
        return numerator / denominator;
    }
}
