namespace Attune.Algorithms.Acquisition;

/// <summary>The logarithm of a positive acquisition function, flat where that underflows.</summary>
internal sealed class Logarithm(IAcquisition acquisition) : IAcquisition
{
    private const double Least = 1e-300;

    /// <inheritdoc/>
    public double Value(double mean, double deviation) => Math.Log(Math.Max(Least, acquisition.Value(mean, deviation)));

    /// <inheritdoc/>
    public double Value(double mean, double deviation, out double byMean, out double byDeviation)
    {
        var value = acquisition.Value(mean, deviation, out byMean, out byDeviation);
        if (value > Least)
        {
            (byMean, byDeviation) = (byMean / value, byDeviation / value);
            return Math.Log(value);
        }

        (byMean, byDeviation) = (0, 0);
        return Math.Log(Least);
    }
}
