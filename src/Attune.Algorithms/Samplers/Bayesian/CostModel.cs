using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>A process of the logarithm of what trials cost.</summary>
internal static class CostModel
{
    /// <summary>The name under which the annotation holds its fit.</summary>
    internal const string Name = "cost";

    private const int LeastKnown = 2;

    /// <summary>Fits; null where fewer than two trials had a cost.</summary>
    internal static SideProcess? Fit(
        Trial[] trials, KernelFeatures map, GpOptions options, double[] features, string? annotation, RandomKey key)
    {
        int[] known = [.. Enumerable.Range(0, trials.Length).Where(i => trials[i].IsFinished && trials[i].CostSpent > 0)];
        if (known.Length < LeastKnown)
            return null;
        var costs = Array.ConvertAll(known, i => Math.Log(trials[i].CostSpent));
        return SideProcess.Fit(
            map, options, ConstraintModel.Rows(features, map.Columns, known), costs, GpState.Read(annotation, map.Components.Length, Name),
            key.Derive(RandomKey.Purpose(Name)));
    }

    /// <summary>The logarithm of the cost to the power of −α.</summary>
    internal static IFeatureFunction Factor(SideProcess side, double exponent) =>
        new ProcessAcquisition(side.Process, new InverseCost(exponent * side.Deviation));

    /// <summary>α: the share of the budget that is left, of cost or else of trials; 1 without a budget.</summary>
    internal static double Exponent(Budget budget, double spent, int trials) => budget switch
    {
        { Cost: { } cost } => Math.Max(0, 1 - (spent / cost)),
        { Trials: { } count } => Math.Max(0, 1 - ((double)trials / count)),
        _ => 1,
    };
}
