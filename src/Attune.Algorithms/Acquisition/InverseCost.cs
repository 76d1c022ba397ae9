namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of c(x)^−α, for a process that predicts log c, the cost of a trial in a unit of its own: −α s μ.</summary>
/// <remarks>
/// J. Snoek, H. Larochelle, R. P. Adams, "Practical Bayesian optimization of machine learning algorithms", NeurIPS 2012, section 3.2:
/// expected improvement per second, with a second process on the logarithm of the duration. The exponent α falls from 1 to 0 as the budget
/// is used up (cost cooling: E. H. Lee, V. Perrone, C. Archambeau, M. Seeger, "Cost-aware Bayesian optimization", 2020, arXiv 2003.10870,
/// section 4): cheap trials first, and at the end what is best whatever it costs.
/// </remarks>
/// <param name="exponent">α s, with s the deviation by which the logarithms of costs were divided.</param>
internal sealed class InverseCost(double exponent) : IAcquisition
{
    /// <inheritdoc/>
    public double Value(double mean, double deviation) => -exponent * mean;

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        (byMean, byDeviation) = (-exponent, 0);
        return -exponent * mean;
    }
}
