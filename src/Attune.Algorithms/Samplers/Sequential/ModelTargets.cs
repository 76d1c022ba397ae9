using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>Turns what trials came to into one standardised number each, smaller being better.</summary>
/// <remarks>
/// <para>Several objectives become one by the augmented Chebyshev function max w_j f_j + 0.05 Σ w_j f_j with random weights for each
/// proposal
/// (J. Knowles, "ParEGO", IEEE Transactions on Evolutionary Computation 10, 2006, equation 2), the objectives being scaled to [0,
/// 1].</para>
/// <para>A failed trial counts as bad as the worst that was seen. Where outcome constraints are not modelled apart, so does one that
/// violates a constraint. As long as no trial keeps all constraints, the sum of their violations, each scaled by the largest seen, takes
/// the place of the loss, so that the search looks for legal ground first.</para>
/// </remarks>
internal static class ModelTargets
{
    private const double Augmentation = 0.05;

    /// <summary>Targets with mean 0 and variance 1 (all 0 where trials do not differ), and what undoes that.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="key">The key of the random weights of several objectives.</param>
    /// <param name="isApart">Whether constraints are somebody else's business: trials that violate one have their own losses.</param>
    internal static (double[] Targets, double Mean, double Deviation) Of(
        IReadOnlyList<Trial> trials, Problem problem, RandomKey key, bool isApart = false)
    {
        var values = isApart || trials.Any(trial => HasLoss(trial) && trial.IsFeasible) || problem.Constraints.IsEmpty
            ? Losses(trials, problem, key, isApart)
            : Violations(trials, problem);
        return Standardize(values);
    }

    private static bool HasLoss(Trial trial) => trial.Losses.Length > 0 && trial.State is not (TrialState.Failed or TrialState.Lost);

    private static double[] Losses(IReadOnlyList<Trial> trials, Problem problem, RandomKey key, bool isApart)
    {
        var known = trials.Where(HasLoss).ToArray();
        if (known.Length == 0)
            return new double[trials.Count];
        var scalarize = problem.IsSingleObjective ? trial => trial.Losses[0] : Chebyshev(known, problem.Objectives.Length, key);
        var worst = known.Max(scalarize);
        return [.. trials.Select(trial => !HasLoss(trial) || !(isApart || trial.IsFeasible) ? worst : scalarize(trial))];
    }

    private static Func<Trial, double> Chebyshev(Trial[] known, int objectives, RandomKey key)
    {
        // Normalised exponentials are uniform on the simplex.
        var stream = key.CreateStream();
        var weights = new double[objectives];
        for (var j = 0; j < objectives; j++)
            weights[j] = stream.NextExponential();
        var total = weights.Sum();
        var low = new double[objectives];
        var width = new double[objectives];
        for (var j = 0; j < objectives; j++)
        {
            // Halved, so that the difference of the largest doubles is finite.
            low[j] = known.Min(trial => trial.Losses[j]) / 2;
            width[j] = (known.Max(trial => trial.Losses[j]) / 2) - low[j];
        }

        return trial =>
        {
            var (largest, sum) = (double.NegativeInfinity, 0.0);
            for (var j = 0; j < objectives; j++)
            {
                var weighted = weights[j] / total * (width[j] > 0 ? ((trial.Losses[j] / 2) - low[j]) / width[j] : 0);
                largest = Math.Max(largest, weighted);
                sum += weighted;
            }

            return largest + (Augmentation * sum);
        };
    }

    private static double[] Violations(IReadOnlyList<Trial> trials, Problem problem)
    {
        var known = trials.Where(trial => HasLoss(trial) && trial.Violations.Length > 0).ToArray();
        var scales = problem.Constraints.Select((_, j) => known.Select(trial => Math.Max(0, trial.Violations[j])).DefaultIfEmpty(0).Max())
            .ToArray();
        double Total(Trial trial) => trial.Violations.Select((violation, j) => scales[j] > 0 ? Math.Max(0, violation) / scales[j] : 0)
            .Sum();
        var worst = known.Select(Total).DefaultIfEmpty(0).Max();
        return [.. trials.Select(trial => HasLoss(trial) && trial.Violations.Length > 0 ? Total(trial) : worst)];
    }

    private static (double[] Targets, double Mean, double Deviation) Standardize(double[] values)
    {
        var scale = values.Max(Math.Abs);
        if (!(scale > 0))
            return (values, 0, 1);
        for (var i = 0; i < values.Length; i++)
            values[i] /= scale;
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length);
        if (!(deviation > 1e-14))
            return (new double[values.Length], mean * scale, 1);
        for (var i = 0; i < values.Length; i++)
            values[i] = (values[i] - mean) / deviation;
        return (values, mean * scale, deviation * scale);
    }
}
