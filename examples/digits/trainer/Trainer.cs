using System.Globalization;
using Digits.Model;

namespace Digits.Trainer;

/// <summary>The program: one training run a call. It knows nothing of who chose its hyperparameters.</summary>
public static class Trainer
{
    /// <summary>Trains and prints.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Standard output: a few lines for people, and the line of metrics.</param>
    /// <param name="error">Standard error: what was wrong.</param>
    /// <returns>The exit code: 0, or 1 if the training failed, or 2 if the command line is wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (arguments.Contains("--help"))
        {
            output.WriteLine(TrainerArguments.Help);
            return 0;
        }

        try
        {
            Train(TrainerArguments.Parse(arguments), output);
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or ArgumentOutOfRangeException)
        {
            error.WriteLine(failure.Message);
            return 2;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or IOException or InvalidDataException)
        {
            error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static void Train(TrainerArguments arguments, TextWriter output)
    {
        var data = DigitsData.Load();
        var parameters = arguments.Parameters;
        output.WriteLine(Invariant($"{Describe(parameters)}, {parameters.Iterations} iterations"));
        if (arguments.Final)
        {
            var final = DigitsModel.TrainFinal(parameters, data, arguments.Seed, CancellationToken.None);
            output.WriteLine(Invariant($"fitted to {data.Training.Count + data.Validation.Count} images, tested on {data.Test.Count}"));
            output.WriteLine(MetricsLine.Format(("test_accuracy", final.Accuracy), ("test_loss", final.Loss)));
            return;
        }

        var metrics = DigitsModel.Train(parameters, data, arguments.Seed, CancellationToken.None);
        output.WriteLine(Invariant($"fitted to {data.Training.Count} images, validated on {data.Validation.Count}"));
        output.WriteLine(MetricsLine.Format(("accuracy", metrics.Accuracy), ("loss", metrics.Loss)));
    }

    private static string Describe(DigitsParameters parameters) => parameters.Model switch
    {
        ModelKind.Svm => Invariant(
            $"support-vector machine: gamma {parameters.Gamma:G4}, rank {parameters.Rank}, lambda {parameters.Lambda:G4}"),
        _ => Invariant($"logistic regression: l1 {parameters.L1:G4}, l2 {parameters.L2:G4}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
