using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Calibration;

/// <summary>A distribution of functions with mean 0 and variance 1 over a search space.</summary>
internal interface IPrior
{
    string Name { get; }

    SearchSpace Space { get; }

    /// <summary>Draws a function and gives its values at points.</summary>
    double[] Draw(EncodedConfigurations points, ref RandomStream stream);
}
