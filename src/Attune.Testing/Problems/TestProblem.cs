namespace Attune.Testing;

/// <summary>A problem whose best value is known.</summary>
/// <param name="Name">A short name.</param>
/// <param name="Problem">Space and objectives.</param>
/// <param name="Evaluate">The metrics of a configuration at a resource (null: the whole) with an evaluation seed, which noise depends
/// on.</param>
/// <param name="Optimum">The best value without noise, in the metric's own direction; for several objectives the best value of each
/// alone.</param>
/// <param name="Source">Where definition and optimum come from.</param>
public sealed record TestProblem(
    string Name, Problem Problem, Func<Configuration, double?, int, MetricValues> Evaluate, IReadOnlyList<double> Optimum, string Source)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
