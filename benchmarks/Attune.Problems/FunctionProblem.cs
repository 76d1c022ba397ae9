namespace Attune.Problems;

/// <summary>A problem that is a function in this process.</summary>
public sealed class FunctionProblem : BenchmarkProblem
{
    private readonly Func<Configuration, double?, MetricValues> _function;

    /// <summary>Makes a problem.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="group">The group over which scores are averaged.</param>
    /// <param name="problem">Space, objectives, constraints and fidelities.</param>
    /// <param name="function">The metrics of a configuration at a resource (null: the whole), without noise.</param>
    public FunctionProblem(string name, string group, Problem problem, Func<Configuration, double?, MetricValues> function)
        : base(name, group, problem) => _function = function;

    /// <summary>The metric that says how many seconds of training an evaluation stands for; null for none.</summary>
    public string? SecondsMetric { get; init; }

    /// <summary>The metrics of a configuration without noise.</summary>
    /// <param name="configuration">A configuration of the problem's space.</param>
    /// <param name="resource">The amount of the first fidelity; null for the whole.</param>
    public MetricValues Noiseless(Configuration configuration, double? resource = null) => _function(configuration, resource);

    /// <inheritdoc/>
    public override ValueTask<BenchmarkEvaluation> EvaluateAsync(
        Configuration configuration, double? resource, long seed, int trial, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var noiseless = _function(configuration, resource);
        var values = NoiseDeviation > 0 ? KeyedNoise.Add(noiseless, NoiseDeviation, Name, seed, trial) : noiseless;
        return ValueTask.FromResult(
            new BenchmarkEvaluation(values, noiseless, SecondsMetric is null ? 0 : Math.Max(0, noiseless[SecondsMetric])));
    }
}
