namespace Attune.Algorithms.Surrogates;

/// <summary>
/// What turns a forest's raw variances into the two uncertainties: epistemic = c₀ + c₁ between + c₂ max(within − noise, 0), aleatoric =
/// noise.
/// </summary>
/// <remarks>
/// <para>The variance between trees measures how unstable the trees are, which is not by how much they err: trees share most of their data
/// and all of their bias. The errors of predictions for configurations by the trees that have not seen them (out of bag) tell the size. The
/// coefficients are those that maximise the normal likelihood of these errors e_i with variances v_i = noise/n_i + epistemic_i, n_i being
/// the number of measurements; noise is taken off, so that it is not learned twice.</para>
/// <para>Minimising Σ log v_i + e_i²/v_i over non-negative c is the Itakura–Saito divergence, for which c_k ← c_k √(Σ e_i² φ_ik/v_i² / Σ
/// φ_ik/v_i) never goes up (C. Févotte, N. Bertin, J.-L. Durrieu, "Nonnegative matrix factorization with the Itakura–Saito
/// divergence", Neural Computation 21, 2009). A few pseudo-observations pull c₁ to 1 where there are few data. Then one factor for all c
/// makes intervals of 50, 80 and 95 % cover what they claim out of bag, since errors have longer tails than the normal likelihood
/// supposes.</para>
/// </remarks>
internal readonly record struct OutOfBagCalibration(double Noise, double Constant, double Between, double Within)
{
    private const int Rounds = 60;
    private const double PseudoObservations = 3;
    private const double LogStep = 0.2;
    private const double FactorDeviation = 1;

    // Levels and the squares of the standard normal quantiles of their intervals.
    private static readonly (double Level, double Square)[] Levels = [(0.5, 0.454936), (0.8, 1.642374), (0.95, 3.841459)];

    internal double Epistemic(double between, double within) =>
        Constant + (Between * between) + (Within * Math.Max(0, within - Noise));

    internal static OutOfBagCalibration Of(RandomForest forest, double? knownNoise)
    {
        var data = forest.Data;
        var n = data.Count;
        var (trees, means, between, within) = (new int[n], new double[n], new double[n], new double[n]);
        forest.PredictOutOfBag(trees, means, between, within);
        var noise = knownNoise ?? NoiseEstimate.Of(data, forest.Importances);
        var (errors, given, features) = (new List<double>(n), new List<double>(n), new List<(double Between, double Within)>(n));
        for (var g = 0; g < n; g++)
        {
            if (trees[g] < 2)
                continue;
            errors.Add((data.Means[g] - means[g]) * (data.Means[g] - means[g]));
            features.Add((between[g], Math.Max(0, within[g] - noise)));

            // Fewer trees than the whole forest has err a little more.
            given.Add((noise / data.Repeats[g]) + (between[g] * Math.Max(0, (1.0 / trees[g]) - (1.0 / forest.Trees))));
        }

        return Fit(noise, errors, given, features);
    }

    private static OutOfBagCalibration Fit(
        double noise, List<double> errors, List<double> given, List<(double Between, double Within)> features)
    {
        if (errors.Count == 0)
            return new(noise, 0, 1, 0);
        var scale = errors.Average();
        if (!(scale > 0))
            return new(noise, 0, 1, 0);
        var (constant, between, within) = (0.1 * scale, 1.0, 0.1);
        var least = 1e-9 * scale;
        for (var round = 0; round < Rounds; round++)
        {
            var (up, down) = ((Constant: 0.0, Between: PseudoObservations / between / between, Within: 0.0),
                (Constant: 0.0, Between: PseudoObservations / between, Within: 0.0));
            for (var i = 0; i < errors.Count; i++)
            {
                var inverse = 1 / (least + given[i] + constant + (between * features[i].Between) + (within * features[i].Within));
                var weight = errors[i] * inverse * inverse;
                up = (up.Constant + weight, up.Between + (weight * features[i].Between), up.Within + (weight * features[i].Within));
                down = (down.Constant + inverse, down.Between + (inverse * features[i].Between),
                    down.Within + (inverse * features[i].Within));
            }

            constant *= Math.Sqrt(up.Constant / down.Constant);
            between *= Math.Sqrt(up.Between / down.Between);
            within *= down.Within > 0 ? Math.Sqrt(up.Within / down.Within) : 1;
        }

        var epistemic = features.Select(feature => constant + (between * feature.Between) + (within * feature.Within)).ToArray();
        var factor = Factor(errors, given, epistemic);
        return new(noise, factor * constant, factor * between, factor * within);
    }

    /// <summary>The factor of the epistemic variances with which intervals of 50, 80 and 95 % cover what they claim, out of bag.</summary>
    private static double Factor(List<double> errors, List<double> given, double[] epistemic)
    {
        var (best, least) = (1.0, double.PositiveInfinity);
        for (var power = -12; power <= 6; power++)
        {
            var logarithm = power * LogStep;
            var factor = Math.Exp(logarithm);
            var loss = logarithm * logarithm / (FactorDeviation * FactorDeviation);
            foreach (var (level, square) in Levels)
            {
                var covered = 0;
                for (var i = 0; i < epistemic.Length; i++)
                    covered += errors[i] <= square * (given[i] + (factor * epistemic[i])) ? 1 : 0;
                var gap = ((double)covered / epistemic.Length) - level;
                loss += gap * gap * epistemic.Length / (level * (1 - level) * Levels.Length);
            }

            if (loss < least)
                (best, least) = (factor, loss);
        }

        return best;
    }
}
