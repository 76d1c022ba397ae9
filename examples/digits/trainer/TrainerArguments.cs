using System.Globalization;
using Digits.Model;

namespace Digits.Trainer;

/// <summary>What the command line asks for.</summary>
/// <param name="Parameters">The hyperparameters; those that are not named keep their defaults.</param>
/// <param name="Seed">Seed of everything random. Default: 1.</param>
/// <param name="Final">Whether to train on training and validation data and print the test score. Default: no.</param>
public sealed record TrainerArguments(DigitsParameters Parameters, long Seed, bool Final)
{
    /// <summary>The page that <c>--help</c> prints.</summary>
    public const string Help = """
        Trains one classifier of handwritten digits and prints its metrics.

          --model svm|logistic   support-vector machine (default) or logistic regression
          --iterations N         most passes over the data (20)
          --gamma X              svm: how fast the kernel falls with distance (1)
          --rank N               svm: number of random Fourier features (256)
          --lambda X             svm: regularization (0.0001)
          --l1 X, --l2 X         logistic: regularization (0, 0.001)
          --seed N               seed of everything random (1)
          --final                train on training and validation data, print the test score
        """;

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">Options and their values, as <c>--name value</c>.</param>
    /// <returns>What is asked for.</returns>
    /// <exception cref="FormatException">An option is unknown, or its value is missing or malformed.</exception>
    public static TrainerArguments Parse(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var result = new TrainerArguments(new DigitsParameters(), Seed: 1, Final: false);
        for (var index = 0; index < arguments.Count; index++)
        {
            var option = arguments[index];
            if (option == "--final")
            {
                result = result with { Final = true };
                continue;
            }

            result = result.With(option, index + 1 < arguments.Count ? arguments[++index] : null);
        }

        return result;
    }

    private TrainerArguments With(string option, string? value) => option switch
    {
        "--model" => this with { Parameters = Parameters with { Model = ParseModel(option, value) } },
        "--iterations" => this with { Parameters = Parameters with { Iterations = (int)ParseWhole(option, value, int.MaxValue) } },
        "--gamma" => this with { Parameters = Parameters with { Gamma = ParseNumber(option, value) } },
        "--rank" => this with { Parameters = Parameters with { Rank = (int)ParseWhole(option, value, int.MaxValue) } },
        "--lambda" => this with { Parameters = Parameters with { Lambda = ParseNumber(option, value) } },
        "--l1" => this with { Parameters = Parameters with { L1 = ParseNumber(option, value) } },
        "--l2" => this with { Parameters = Parameters with { L2 = ParseNumber(option, value) } },
        "--seed" => this with { Seed = unchecked((long)ParseWhole(option, value, ulong.MaxValue)) },
        _ => throw new FormatException($"There is no option {option}; --help lists those that there are."),
    };

    private static ModelKind ParseModel(string option, string? value) => value switch
    {
        "svm" => ModelKind.Svm,
        "logistic" => ModelKind.Logistic,
        _ => throw Malformed(option, value, "svm or logistic"),
    };

    private static double ParseNumber(string option, string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Malformed(option, value, "a number");

    private static ulong ParseWhole(string option, string? value, ulong highest) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest
            ? number
            : throw Malformed(option, value, string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {highest}"));

    private static FormatException Malformed(string option, string? value, string allowed) =>
        new($"{option} needs {allowed}, found {(value is null ? "nothing" : $"'{value}'")}.");
}
