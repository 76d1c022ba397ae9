using Attune.Algorithms.Surrogates;
using Attune.Numerics;
using BenchmarkDotNet.Attributes;

namespace Attune.Microbenchmarks;

/// <summary>What a surrogate takes to learn from a number of points, and to predict a thousand others.</summary>
[MemoryDiagnoser]
public class SurrogateBenchmarks
{
    private const int Predictions = 1000;

    private readonly double[] _means = new double[Predictions];
    private readonly double[] _epistemic = new double[Predictions];
    private readonly double[] _aleatoric = new double[Predictions];
    private EncodedConfigurations _points = null!;
    private EncodedConfigurations _others = null!;
    private double[] _targets = [];
    private ISurrogate _surrogate = null!;
    private IPosterior _posterior = null!;

    /// <summary>Which model.</summary>
    [Params("gaussian-process", "random-forest")]
    public string Surrogate { get; set; } = "";

    /// <summary>How many points it learns from.</summary>
    [Params(50, 200, 500)]
    public int Points { get; set; }

    /// <summary>How many parameters there are.</summary>
    [Params(5, 20)]
    public int Parameters { get; set; }

    /// <summary>Draws the points and learns once, for the predictions.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var space = MixedSpace.Of(Parameters);
        var configurations = MixedSpace.Sample(space, Points, 1);
        _points = new(space, configurations);
        _others = new(space, MixedSpace.Sample(space, Predictions, 2));
        var losses = configurations.Select(configuration => MixedSpace.Loss(space, configuration)).ToArray();
        var mean = losses.Average();
        var deviation = Math.Sqrt(losses.Average(loss => (loss - mean) * (loss - mean)));
        _targets = [.. losses.Select(loss => (loss - mean) / deviation)];
        _surrogate = Surrogate == "random-forest" ? new RandomForestSurrogate() : new GaussianProcessSurrogate();
        _posterior = Fit();
    }

    /// <summary>Learns from nothing, hyperparameters included.</summary>
    [Benchmark]
    public IPosterior Fit() => _surrogate.Fit(_points, _targets, RandomKey.FromSeed(3));

    /// <summary>Predicts mean and both variances at 1,000 points, in nanoseconds a point.</summary>
    [Benchmark(OperationsPerInvoke = Predictions)]
    public void Predict() => _posterior.Predict(_others, _means, _epistemic, _aleatoric);
}
