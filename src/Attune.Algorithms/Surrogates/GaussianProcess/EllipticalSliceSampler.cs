using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Draws hyperparameters from their posterior by elliptical slice sampling about an approximation of it.</summary>
/// <remarks>
/// <para>I. Murray, R. P. Adams, D. J. C. MacKay, "Elliptical slice sampling", AISTATS 2010, figure 2, with nothing to tune. Any normal
/// density q serves in the place of the prior when posterior / q serves in that of the likelihood (R. Nishihara, I. Murray, R. P. Adams,
/// "Parallel MCMC with generalized elliptical slice sampling", JMLR 15, 2014, equation 3). With the <see cref="LaplaceApproximation"/>
/// as q an independent draw takes about a third of the evaluations that it takes with the prior.</para>
/// </remarks>
internal static class EllipticalSliceSampler
{
    private const int MostShrinks = 30;

    /// <summary>Moves a state by a number of steps.</summary>
    /// <param name="posterior">The posterior to draw from.</param>
    /// <param name="approximation">What ellipses are drawn from.</param>
    /// <param name="state">The logarithms to start from; receives where they end.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="stream">Randomness.</param>
    internal static void Move(
        LogPosterior posterior, LaplaceApproximation approximation, Span<double> state, int steps, ref RandomStream stream)
    {
        var (auxiliary, proposal) = (new double[state.Length], new double[state.Length]);
        var centre = approximation.Centre;
        var ratio = LogRatio(posterior, approximation, state);
        for (var step = 0; step < steps; step++)
        {
            approximation.Draw(auxiliary, ref stream);
            var threshold = ratio - stream.NextExponential();
            var angle = 2 * Math.PI * stream.NextDouble();
            var (low, high) = (angle - (2 * Math.PI), angle);
            for (var shrink = 0; shrink < MostShrinks; shrink++)
            {
                var (sine, cosine) = Math.SinCos(angle);
                for (var i = 0; i < proposal.Length; i++)
                    proposal[i] = centre[i] + ((state[i] - centre[i]) * cosine) + (auxiliary[i] * sine);
                var there = LogRatio(posterior, approximation, proposal);
                if (there > threshold)
                {
                    proposal.CopyTo(state);
                    ratio = there;
                    break;
                }

                if (angle < 0)
                    low = angle;
                else
                    high = angle;
                angle = low + ((high - low) * stream.NextDouble());
            }
        }
    }

    private static double LogRatio(LogPosterior posterior, LaplaceApproximation approximation, ReadOnlySpan<double> state) =>
        posterior.LogLikelihood(state) + posterior.Prior.LogDensity(state) - approximation.LogDensity(state);
}
