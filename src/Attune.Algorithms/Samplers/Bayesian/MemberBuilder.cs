using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>Makes the acquisition function of one process, with what is pending.</summary>
/// <param name="recipe">What is wanted.</param>
/// <param name="pending">Rows of features of the pending trials.</param>
/// <param name="isPromising">For each pending trial whether it is expected to keep all constraints.</param>
/// <param name="reference">Rows of features spread over the space, for what asks for an overview.</param>
/// <param name="key">The key of all that is random.</param>
/// <param name="constraints">The processes of the outcome constraints; null for none.</param>
/// <param name="members">Over how many processes values are averaged: the more, the fewer fantasies each needs.</param>
internal sealed class MemberBuilder(
    GpRecipe recipe, double[] pending, bool[] isPromising, Func<double[]> reference, RandomKey key, ConstraintModel? constraints = null,
    int members = 1)
{
    private const int AllFantasies = 32;
    private const int LeastFantasies = 8;
    private const int Minima = 16;

    private static readonly uint PathPurpose = RandomKey.Purpose("path");
    private static readonly uint MinimaPurpose = RandomKey.Purpose("minima");
    private static readonly uint FantasyPurpose = RandomKey.Purpose("fantasies");

    private readonly int _fantasies = Math.Max(LeastFantasies, AllFantasies / members);

    /// <summary>Makes it, and hallucinates the pending trials in the process where they are to count as known.</summary>
    /// <param name="process">The process, of the data alone.</param>
    /// <param name="incumbent">The loss to improve on.</param>
    internal IFeatureFunction Build(GaussianProcess process, double incumbent)
    {
        if (recipe.Acquisition == AcquisitionKind.Thompson)
        {
            // Draws differ from one another, so that pending trials need no attention.
            var stream = key.Derive(PathPurpose).CreateStream();
            var path = new PathwiseSample(process, ref stream);
            return constraints is not null && recipe.DrawsConstraints
                ? new ConstrainedPathAcquisition(path, constraints.Draw(ref stream))
                : new PathAcquisition(path);
        }

        if (pending.Length > 0 && recipe.IsImprovement && recipe.Pending != PendingMethod.Hallucination)
        {
            return recipe.Pending switch
            {
                PendingMethod.Fantasies => Fantasize(process, incumbent),
                PendingMethod.ConstantLiar => Lie(process, incumbent),
                _ => Penalize(process, incumbent),
            };
        }

        Hallucinate(process);
        return new ProcessAcquisition(
            process,
            recipe.Acquisition == AcquisitionKind.MaxValueEntropy ? Entropy(process) : recipe.Over(incumbent, process.Parameters.Noise));
    }

    /// <summary>Takes the pending trials as observed at the posterior mean; gives those that became points of the process.</summary>
    internal List<int> Hallucinate(GaussianProcess process)
    {
        var (columns, taken) = (process.Map.Columns, new List<int>());
        for (var j = 0; j < isPromising.Length; j++)
        {
            if (process.Hallucinate(pending.AsSpan(j * columns, columns)))
                taken.Add(j);
        }

        return taken;
    }

    private MaxValueEntropySearch Entropy(GaussianProcess process)
    {
        var points = reference();
        var (means, variances) = Predict(process, points);
        for (var i = 0; i < variances.Length; i++)
            variances[i] = Math.Sqrt(variances[i]);
        var stream = key.Derive(MinimaPurpose).CreateStream();
        return new(MinimumSampler.Draw(means, variances, constraints?.LogProbabilities(points, means.Length), Minima, ref stream));
    }

    private IFeatureFunction Fantasize(GaussianProcess process, double incumbent)
    {
        var count = isPromising.Length;
        var (outcomes, data) = (new double[_fantasies * count], process.Targets.Length);
        process.Sample(pending, Normals(count), outcomes, process.Parameters.Noise);
        int[] taken = [.. Hallucinate(process)];
        if (taken.Length == 0)
            return new ProcessAcquisition(process, recipe.Over(incumbent, process.Parameters.Noise));
        var (weights, acquisitions) = (new double[_fantasies][], new IAcquisition[_fantasies]);
        double[] values = [.. process.Targets, .. new double[taken.Length]];
        for (var s = 0; s < _fantasies; s++)
        {
            for (var k = 0; k < taken.Length; k++)
                values[data + k] = outcomes[(s * count) + taken[k]];
            weights[s] = process.Weigh(values);
            acquisitions[s] = recipe.Over(Improved(process, weights[s], taken, incumbent), process.Parameters.Noise);
        }

        return new FantasyAcquisition(process, weights, acquisitions);
    }

    private IFeatureFunction Lie(GaussianProcess process, double incumbent)
    {
        int[] taken = [.. Hallucinate(process)];
        if (taken.Length == 0)
            return new ProcessAcquisition(process, recipe.Over(incumbent, process.Parameters.Noise));
        double[] values = [.. process.Targets, .. new double[taken.Length]];
        values.AsSpan(process.Targets.Length).Fill(incumbent);
        var weights = process.Weigh(values);
        return new FantasyAcquisition(process, [weights], [recipe.Over(incumbent, process.Parameters.Noise)]);
    }

    private Product Penalize(GaussianProcess process, double incumbent)
    {
        var (means, variances) = Predict(process, pending);
        for (var i = 0; i < variances.Length; i++)
            variances[i] = Math.Sqrt(variances[i]);
        var penalty = new LocalPenalty(pending, means, variances, incumbent, LocalPenalty.SlopeOf(process, reference()));
        return new Product(new ProcessAcquisition(process, recipe.Over(incumbent, process.Parameters.Noise)), penalty);
    }

    /// <summary>The best mean under a fantasy: a pending trial may have become the one to improve on.</summary>
    private double Improved(GaussianProcess process, double[] weights, int[] taken, double incumbent)
    {
        var columns = process.Map.Columns;
        foreach (var j in taken)
        {
            if (isPromising[j])
                incumbent = Math.Min(incumbent, process.Mean(pending.AsSpan(j * columns, columns), weights));
        }

        return incumbent;
    }

    /// <summary>Normal numbers for all fantasies, spread evenly.</summary>
    private double[] Normals(int count)
    {
        var normals = new double[_fantasies * count];
        var sequence = new SobolSequence(count, key.Derive(FantasyPurpose));
        for (var s = 0; s < _fantasies; s++)
        {
            var row = normals.AsSpan(s * count, count);
            sequence.GetPoint(s, row);
            for (var j = 0; j < count; j++)
                row[j] = NormalDistribution.Quantile(Math.Clamp(row[j], 1e-9, 1 - 1e-9));
        }

        return normals;
    }

    private static (double[] Means, double[] Variances) Predict(GaussianProcess process, double[] points)
    {
        var count = points.Length / process.Map.Columns;
        var (means, variances) = (new double[count], new double[count]);
        process.Predict(points, means, variances);
        return (means, variances);
    }
}
