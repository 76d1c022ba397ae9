namespace Attune.Algorithms.Samplers;

/// <summary>The acquisition function of GP-UCB for minimisation: −mean(x) + √β deviation(x), larger being better.</summary>
/// <remarks>
/// N. Srinivas, A. Krause, S. Kakade, M. Seeger, "Gaussian process optimization in the bandit setting", ICML 2010, algorithm 1, with β of
/// theorem 1. The deviation is
/// that of the function, without the noise.
/// </remarks>
/// <param name="beta">β, the weight of exploration.</param>
internal sealed class UpperConfidenceBound(double beta)
{
    private const double PracticalDivisor = 5;

    private readonly double _weight = Math.Sqrt(beta);

    internal double Beta => beta;

    /// <summary>β for trial t, from 1, in d dimensions.</summary>
    internal static double Schedule(GpUcbOptions options, int dimensions, int t)
    {
        var theoretical = 2 * Math.Log(dimensions * (double)t * t * Math.PI * Math.PI / (6 * options.Delta));
        var beta = options.Schedule == ExplorationSchedule.Theoretical ? theoretical : theoretical / PracticalDivisor;
        return options.Exploration * Math.Max(beta, 0);
    }

    internal double Value(double mean, double variance) => (_weight * Math.Sqrt(variance)) - mean;

    /// <summary>The gradient by that of mean and variance, in place of the mean's.</summary>
    internal void Gradient(double variance, Span<double> meanGradient, ReadOnlySpan<double> varianceGradient)
    {
        var factor = variance > 0 ? _weight / (2 * Math.Sqrt(variance)) : 0;
        for (var i = 0; i < meanGradient.Length; i++)
            meanGradient[i] = (factor * varianceGradient[i]) - meanGradient[i];
    }
}
