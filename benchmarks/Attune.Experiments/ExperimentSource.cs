using System.Collections.Concurrent;
using System.Collections.Immutable;
using Attune.Problems;
using Digits.Model;

namespace Attune.Experiments;

/// <summary>
/// The tuning of three classifiers of digits. Each stands here three times, with the same space and the same values for a method to see:
/// by itself it is scored by the validation loss of the best trial, as <c>…/test</c> by that trial's loss on the test images, and as
/// <c>…/test-error</c> by the share of them that it misses. So the same search is scored in three ways, and is trained once only.
/// </summary>
internal sealed class ExperimentSource : IProblemSource
{
    private readonly ImmutableArray<BenchmarkProblem> _problems;

    internal ExperimentSource()
    {
        var data = new Lazy<DigitsData>(DigitsData.Load);
        _problems =
        [
            .. Scored("logistic", LogisticSpace, (configuration, seed) => Classic(data.Value, seed, new()
            {
                Model = ModelKind.Logistic, Iterations = configuration.GetInt("iterations"), L1 = configuration.GetDouble("l1"),
                L2 = configuration.GetDouble("l2"),
            })),
            .. Scored("svm", SvmSpace, (configuration, seed) => Classic(data.Value, seed, new()
            {
                Model = ModelKind.Svm, Gamma = configuration.GetDouble("gamma"), Lambda = configuration.GetDouble("lambda"),
            })),
            .. Scored("network", NetworkSettings.Space, (configuration, seed) =>
                NetworkTraining.Run(NetworkSettings.Of(configuration), data.Value, (ulong)seed)),
        ];
        Names = [.. _problems.Select(problem => problem.Name)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    private static SearchSpace LogisticSpace { get; } = new SearchSpaceBuilder()
        .Int("iterations", 2, 100, Scale.Log)
        .Float("l1", 1e-6, 30, Scale.Log)
        .Float("l2", 1e-6, 30, Scale.Log)
        .Build();

    private static SearchSpace SvmSpace { get; } = new SearchSpaceBuilder()
        .Float("gamma", 1e-2, 30, Scale.Log)
        .Float("lambda", 1e-6, 1, Scale.Log)
        .Build();

    /// <inheritdoc/>
    public ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        _problems.FirstOrDefault(problem => problem.Name == name) is { } found
            ? ValueTask.FromResult(found)
            : ValueTask.FromException<BenchmarkProblem>(
                new BenchmarkException($"There is no problem '{name}'; there are {string.Join(", ", Names)}."));

    /// <summary>Does nothing: the problems live as long as the process.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<BenchmarkProblem> Scored(string name, SearchSpace space, Func<Configuration, long, TrainingScores> train)
    {
        var known = new ConcurrentDictionary<(Configuration, long), TrainingScores>();
        TrainingScores Train(Configuration configuration, long seed) =>
            known.GetOrAdd((configuration, seed), at => train(at.Item1, at.Item2));
        yield return new TrainingProblem(name, space, Train, scores => scores.Validation);
        yield return new TrainingProblem($"{name}/test", space, Train, scores => scores.Test);
        yield return new TrainingProblem($"{name}/test-error", space, Train, scores => scores.TestError);
    }

    /// <summary>The test model has the same hyperparameters and is fitted to training and validation images.</summary>
    private static TrainingScores Classic(DigitsData data, long seed, DigitsParameters parameters)
    {
        var validation = DigitsModel.Train(parameters, data, seed, CancellationToken.None);
        var test = DigitsModel.TrainFinal(parameters, data, seed, CancellationToken.None);
        return new(validation.Loss, test.Loss, 1 - test.Accuracy);
    }
}
