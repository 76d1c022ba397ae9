using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>Draws hyperparameters from their posterior by elliptical slice sampling.</summary>
/// <remarks>
/// I. Murray, R. P. Adams, D. J. C. MacKay, "Elliptical slice sampling", AISTATS 2010, figure 2: the prior is Gaussian in the logarithms,
/// so the method has nothing to tune.
/// </remarks>
internal static class EllipticalSliceSampler
{
    private const int MostShrinks = 30;

    /// <summary>Moves a state by a number of steps.</summary>
    internal static void Move(LogPosterior posterior, Span<double> state, int steps, ref RandomStream stream)
    {
        var prior = posterior.Prior;
        var (auxiliary, proposal) = (new double[state.Length], new double[state.Length]);
        var likelihood = posterior.LogLikelihood(state);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < auxiliary.Length; i++)
                auxiliary[i] = prior.Lower[i] == prior.Upper[i] ? 0 : prior.Deviations[i] * stream.NextNormal();
            var threshold = likelihood - stream.NextExponential();
            var angle = 2 * Math.PI * stream.NextDouble();
            var (low, high) = (angle - (2 * Math.PI), angle);
            for (var shrink = 0; shrink < MostShrinks; shrink++)
            {
                var (sine, cosine) = Math.SinCos(angle);
                for (var i = 0; i < proposal.Length; i++)
                {
                    proposal[i] = prior.Lower[i] == prior.Upper[i] ? state[i]
                        : prior.Means[i] + ((state[i] - prior.Means[i]) * cosine) + (auxiliary[i] * sine);
                }

                var there = posterior.LogLikelihood(proposal);
                if (there > threshold)
                {
                    proposal.CopyTo(state);
                    likelihood = there;
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
}
