namespace Attune.Numerics;

/// <summary>
/// The rational approximations of M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics
/// 37, 1988, pages 477-484, function PPND16, whose relative error is about one part in 10¹⁶.
/// </summary>
internal static class WichuraQuantile
{
    /// <summary>The quantile of 1/2 + <paramref name="centred"/>, for |<paramref name="centred"/>| ≤ 0.425.</summary>
    internal static double Central(double centred)
    {
        double r = 0.180625 - centred * centred;
        double numerator = ((((((2.5090809287301226727E3 * r + 3.3430575583588128105E4) * r + 6.7265770927008700853E4) * r
            + 4.5921953931549871457E4) * r + 1.3731693765509461125E4) * r + 1.9715909503065514427E3) * r
            + 1.3314166789178437745E2) * r + 3.3871328727963666080E0;
        double denominator = ((((((5.2264952788528545610E3 * r + 2.8729085735721942674E4) * r + 3.9307895800092710610E4) * r
            + 2.1213794301586595867E4) * r + 5.3941960214247511077E3) * r + 6.8718700749205790830E2) * r
            + 4.2313330701600911252E1) * r + 1;
        return centred * numerator / denominator;
    }

    /// <summary>The distance of the quantile from zero, for a tail probability p below 0.075 given as r = √(-log p).</summary>
    internal static double Tail(double r)
    {
        if (r <= 5)
        {
            r -= 1.6;
            double numerator = ((((((7.74545014278341407640E-4 * r + 2.27238449892691845833E-2) * r + 2.41780725177450611770E-1) * r
                + 1.27045825245236838258E0) * r + 3.64784832476320460504E0) * r + 5.76949722146069140550E0) * r
                + 4.63033784615654529590E0) * r + 1.42343711074968357734E0;
            double denominator = ((((((1.05075007164441684324E-9 * r + 5.47593808499534494600E-4) * r + 1.51986665636164571966E-2) * r
                + 1.48103976427480074590E-1) * r + 6.89767334985100004550E-1) * r + 1.67638483018380384940E0) * r
                + 2.05319162663775882187E0) * r + 1;
            return numerator / denominator;
        }
        else
        {
            r -= 5;
            double numerator = ((((((2.01033439929228813265E-7 * r + 2.71155556874348757815E-5) * r + 1.24266094738807843860E-3) * r
                + 2.65321895265761230930E-2) * r + 2.96560571828504891230E-1) * r + 1.78482653991729133580E0) * r
                + 5.46378491116411436990E0) * r + 6.65790464350110377720E0;
            double denominator = ((((((2.04426310338993978564E-15 * r + 1.42151175831644588870E-7) * r + 1.84631831751005468180E-5) * r
                + 7.86869131145613259100E-4) * r + 1.48753612908506148525E-2) * r + 1.36929880922735805310E-1) * r
                + 5.99832206555887937690E-1) * r + 1;
            return numerator / denominator;
        }
    }
}
