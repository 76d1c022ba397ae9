namespace Attune.Algorithms.Acquisition;

/// <summary>How much an evaluation is worth, given what a surrogate predicts of its loss.</summary>
public interface IAcquisition
{
    /// <summary>The value of evaluating; larger is better.</summary>
    /// <param name="mean">The predicted loss.</param>
    /// <param name="deviation">The standard deviation of the function's value there (epistemic), at least 0.</param>
    double Value(double mean, double deviation);

    /// <summary>The value of evaluating, and its derivatives.</summary>
    /// <param name="mean">The predicted loss.</param>
    /// <param name="deviation">The standard deviation of the function's value there (epistemic), greater than 0.</param>
    /// <param name="byMean">Receives the derivative by the mean.</param>
    /// <param name="byDeviation">Receives the derivative by the deviation.</param>
    double Value(double mean, double deviation, out double byMean, out double byDeviation);
}
