using Attune.Problems;

namespace Attune.Experiments;

/// <summary>A training run as a problem: a method sees the validation loss, and is scored by what it may not see. A run of the
/// comparison has one seed, and the same configuration the same scores within it.</summary>
/// <param name="name">The name.</param>
/// <param name="space">The hyperparameters.</param>
/// <param name="train">Trains with a configuration and a seed.</param>
/// <param name="score">What the best trial of a method is scored by.</param>
internal sealed class TrainingProblem(
    string name, SearchSpace space, Func<Configuration, long, TrainingScores> train, Func<TrainingScores, double> score)
    : BenchmarkProblem(name, "digits", new(space, [new("loss")]))
{
    /// <inheritdoc/>
    public override ValueTask<BenchmarkEvaluation> EvaluateAsync(
        Configuration configuration, double? resource, long seed, int trial, CancellationToken cancellationToken = default)
    {
        var scores = train(configuration, seed);
        return ValueTask.FromResult(new BenchmarkEvaluation(Loss(scores.Validation), Loss(score(scores))));
    }

    private static MetricValues Loss(double value) => new("loss", value);
}
