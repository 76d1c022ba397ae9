using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>Processes of the outcome constraints, one for each.</summary>
/// <remarks>
/// J. R. Gardner, M. J. Kusner, Z. Xu, K. Q. Weinberger, J. P. Cunningham, "Bayesian optimization with inequality constraints", ICML 2014,
/// section 3.1: expected improvement over the best feasible trial times the probability that all constraints are kept, which are taken as
/// independent; as a sum of logarithms, S. Ament and others, NeurIPS 2023, section 4.3. As long as no trial is feasible, the
/// probability is all there is. Of a violation v, in units of its median size, sign(v) log(1 + |v|) is modelled, which spreads what is
/// near the border and draws the rest in (D. Eriksson, M. Poloczek, "Scalable constrained Bayesian optimization", AISTATS 2021, section
/// 3). What failed tells nothing of constraints.
/// </remarks>
internal sealed class ConstraintModel
{
    private readonly SideProcess[] _processes;

    private ConstraintModel(SideProcess[] processes) => _processes = processes;

    internal IReadOnlyList<SideProcess> Processes => _processes;

    /// <summary>Fits; null where there are no constraints, or nothing is known of one.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="map">What the features mean.</param>
    /// <param name="options">The options of the processes.</param>
    /// <param name="features">Rows of features of the trials.</param>
    /// <param name="annotation">The annotation with the earlier fits; null for none.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static ConstraintModel? Fit(
        Trial[] trials, Problem problem, KernelFeatures map, GpOptions options, double[] features, string? annotation, RandomKey key)
    {
        if (problem.Constraints.IsEmpty)
            return null;
        var processes = new SideProcess[problem.Constraints.Length];
        for (var j = 0; j < processes.Length; j++)
        {
            int[] known = [.. Enumerable.Range(0, trials.Length).Where(i => IsKnown(trials[i], j))];
            if (known.Length == 0)
                return null;
            var violations = Array.ConvertAll(known, i => trials[i].Violations[j]);
            processes[j] = SideProcess.Fit(
                map, options, Rows(features, map.Columns, known), Compress(violations),
                GpState.Read(annotation, map.Components.Length, Name(j)), key.Derive(0, (ulong)j, RandomKey.Purpose("constraint")));
        }

        return new(processes);
    }

    /// <summary>The name under which the annotation holds the fit of a constraint's process.</summary>
    internal static string Name(int constraint) => FormattableString.Invariant($"constraint_{constraint + 1}");

    /// <summary>Σ log P(constraint j is kept), one function for each.</summary>
    internal IEnumerable<IFeatureFunction> Factors() =>
        _processes.Select(side => new ProcessAcquisition(side.Process, new LogProbabilityOfImprovement(side.Standardize(0))));

    /// <summary>A function drawn for each constraint, with the value at which it is just kept and the unit that it is in.</summary>
    internal (PathwiseSample Path, double Limit, double Unit)[] Draw(ref RandomStream stream)
    {
        var draws = new (PathwiseSample, double, double)[_processes.Length];
        for (var j = 0; j < draws.Length; j++)
            draws[j] = (new(_processes[j].Process, ref stream), _processes[j].Standardize(0), _processes[j].Deviation);
        return draws;
    }

    /// <summary>The logarithm of the probability that all constraints are kept, at many points.</summary>
    internal double[] LogProbabilities(double[] features, int count)
    {
        var (sums, values) = (new double[count], new double[count]);
        foreach (var factor in Factors())
        {
            factor.Evaluate(features, values);
            VectorMath.AddScaled(values, 1, sums);
        }

        return sums;
    }

    /// <summary>Some of the rows.</summary>
    internal static double[] Rows(double[] features, int columns, int[] rows)
    {
        var chosen = new double[rows.Length * columns];
        for (var i = 0; i < rows.Length; i++)
            features.AsSpan(rows[i] * columns, columns).CopyTo(chosen.AsSpan(i * columns));
        return chosen;
    }

    private static bool IsKnown(Trial trial, int constraint) =>
        trial.State is not (TrialState.Failed or TrialState.Lost) && trial.Violations.Length > constraint
        && double.IsFinite(trial.Violations[constraint]);

    private static double[] Compress(double[] violations)
    {
        var sizes = Array.ConvertAll(violations, Math.Abs);
        Array.Sort(sizes);
        var unit = sizes[sizes.Length / 2] > 0 ? sizes[sizes.Length / 2] : sizes[^1] > 0 ? sizes[^1] : 1;
        return Array.ConvertAll(violations, violation => Math.Sign(violation) * Math.Log(1 + Math.Abs(violation / unit)));
    }
}
