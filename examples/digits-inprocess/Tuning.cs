using System.Globalization;
using Attune;
using Attune.Execution;
using Attune.Sampling;
using Digits.Model;

namespace Digits.InProcess;

/// <summary>The search of ../digits/study.yaml without a program in between: the objective is a method.</summary>
public static class Tuning
{
    /// <summary>Tunes the classifiers of digits, then tests the best one on images that the search has not seen.</summary>
    /// <param name="sampler">The name of the sampler.</param>
    /// <param name="trials">How many trials in all; the study goes on where it stopped.</param>
    /// <param name="store">The SQLite file that holds the study.</param>
    /// <param name="output">Where progress and results are written.</param>
    /// <param name="cancellation">Ends the search politely.</param>
    /// <returns>The accuracy on the test images; null when the search was cancelled before its end.</returns>
    /// <exception cref="InvalidOperationException">No trial completed.</exception>
    public static async Task<double?> RunAsync(string sampler, int trials, string store, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(output);
        var data = DigitsData.Load();

        var result = await Study.Create("digits", trials: trials, sampler: sampler)
            .Maximize("accuracy")
            .StoreIn(store)
            .WithParallelism(2)
            .ShowProgress(output)
            .RunMetricsAsync<Classifier>((classifier, trial) => Task.FromResult(Evaluate(classifier, data, trial)), cancellation);

        if (result.Reason == StopReason.None)
        {
            output.WriteLine($"Interrupted after {result.History.FinishedCount} trials; the same command goes on.");
            return null;
        }

        var best = result.BestTrial;
        output.WriteLine($"Best of {result.History.FinishedCount} trials, trial {best.Number}: {best.Configuration}");
        output.WriteLine(
            Invariant($"Accuracy on {data.Validation.Count} validation images: {result.BestValue:F4} (the best of many, so it flatters)"));

        var seed = Keys.EvaluationSeed(result.History.Seed, best.Number);
        var test = DigitsModel.TrainFinal(result.Best.ToParameters(), data, seed, cancellation);
        output.WriteLine(Invariant($"Accuracy on {data.Test.Count} test images:       {test.Accuracy:F4} (the search never saw them)"));
        return test.Accuracy;
    }

    private static MetricValues? Evaluate(Classifier classifier, DigitsData data, TrialContext trial)
    {
        var metrics = DigitsModel.Train(classifier.ToParameters(), data, trial.Seed, trial.CancellationToken);
        return new([new("accuracy", metrics.Accuracy), new("loss", metrics.Loss)]);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
