using System.Collections.Immutable;

namespace Attune.Problems;

/// <summary>A problem on which methods are compared. Safe for several threads, unless a derived class says otherwise.</summary>
public abstract class BenchmarkProblem : IAsyncDisposable
{
    /// <summary>Makes a problem.</summary>
    /// <param name="name">Its name, by which results name it.</param>
    /// <param name="group">The group over which scores are averaged.</param>
    /// <param name="problem">Space, objectives, constraints and fidelities.</param>
    protected BenchmarkProblem(string name, string group, Problem problem) => (Name, Group, Problem) = (name, group, problem);

    /// <summary>The name, such as <c>branin</c> or <c>lcbench/3945</c>.</summary>
    public string Name { get; }

    /// <summary>The group over which scores are averaged, such as <c>analytic</c>.</summary>
    public string Group { get; }

    /// <summary>Space, objectives, constraints and fidelities.</summary>
    public Problem Problem { get; }

    /// <summary>The standard deviation of the noise of every objective; 0 for none.</summary>
    public double NoiseDeviation { get; init; }

    /// <summary>The best value of a single objective; null when nothing is known, or for several objectives.</summary>
    public BestKnown? BestKnown { get; init; }

    /// <summary>The value that a run scores until it finds a configuration that meets the outcome constraints: a value that hardly any
    /// feasible one is worse than. Null without such constraints.</summary>
    public double? InfeasibleValue { get; init; }

    /// <summary>For several objectives, the ranges to which hypervolume is normalised, in the order of the objectives; empty for
    /// one.</summary>
    public ImmutableArray<ObjectiveRange> Ranges { get; init; } = [];

    /// <summary>The largest normalised hypervolume that there is; null when it is not known.</summary>
    public double? MaximalHypervolume { get; init; }

    /// <summary>Evaluates a configuration.</summary>
    /// <param name="configuration">A configuration of the problem's space.</param>
    /// <param name="resource">The amount of the first fidelity; null for the whole.</param>
    /// <param name="seed">The seed of the run; noise is a function of problem, seed and trial alone.</param>
    /// <param name="trial">The number of the trial within the run, from 0.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract ValueTask<BenchmarkEvaluation> EvaluateAsync(
        Configuration configuration, double? resource, long seed, int trial, CancellationToken cancellationToken = default);

    /// <summary>Lets go of what the problem holds; nothing, unless a derived class says otherwise.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
