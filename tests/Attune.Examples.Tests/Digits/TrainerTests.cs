using System.Globalization;
using System.Text.Json;
using Digits.Model;
using Digits.Trainer;

namespace Attune.Examples.Tests.Digits;

public sealed class TrainerTests
{
    [Fact]
    public void Run_SearchMode_PrintsOneLineOfValidationMetrics()
    {
        var (code, output, error) = Run("--model", "svm", "--rank", "64", "--iterations", "5", "--seed", "3");

        Assert.Equal(0, code);
        Assert.Empty(error);
        using var metrics = Metrics(output);
        Assert.Equal(["accuracy", "loss"], metrics.RootElement.EnumerateObject().Select(member => member.Name));
        var inProcess = DigitsModel.Train(
            new DigitsParameters { Rank = 64, Iterations = 5 }, DigitsData.Load(), seed: 3, TestContext.Current.CancellationToken);
        Assert.Equal(inProcess.Accuracy, metrics.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(inProcess.Loss, metrics.RootElement.GetProperty("loss").GetDouble());
    }

    [Fact]
    public void Run_FinalMode_PrintsTestMetricsOnly()
    {
        var (code, output, _) = Run("--model", "logistic", "--iterations", "10", "--final");

        Assert.Equal(0, code);
        using var metrics = Metrics(output);
        Assert.Equal(["test_accuracy", "test_loss"], metrics.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Run_DecimalCommaCulture_ReadsAndPrintsPoints()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

        var (code, output, _) = Run("--model", "logistic", "--l2", "0.5", "--iterations", "3");

        Assert.Equal(0, code);
        Assert.Contains("l2 0.5", output, StringComparison.Ordinal);
        using var metrics = Metrics(output);
        Assert.InRange(metrics.RootElement.GetProperty("accuracy").GetDouble(), 0.5, 1);
    }

    [Theory]
    [InlineData("--gama 1", "--gama", "--help")]
    [InlineData("--gamma", "--gamma needs a number", "nothing")]
    [InlineData("--gamma 0,5", "--gamma needs a number", "'0,5'")]
    [InlineData("--gamma 0", "Gamma must be finite and above 0")]
    [InlineData("--rank 1e3", "--rank needs a whole number", "'1e3'")]
    [InlineData("--rank 2147483648", "--rank needs a whole number", "2147483647")]
    [InlineData("--model forest", "svm or logistic", "'forest'")]
    public void Run_WrongCommandLine_SaysWhatIsAllowed(string arguments, params string[] expected)
    {
        var (code, output, error) = Run(arguments.Split(' '));

        Assert.Equal(2, code);
        Assert.DoesNotContain(MetricsLine.Prefix, output, StringComparison.Ordinal);
        Assert.All(expected, part => Assert.Contains(part, error, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_LargestSeed_IsKept()
    {
        Assert.Equal(-1, TrainerArguments.Parse(["--seed", "18446744073709551615"]).Seed);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Trainer.Run(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private static JsonDocument Metrics(string output)
    {
        var line = Assert.Single(output.Split(Environment.NewLine), line => line.StartsWith(MetricsLine.Prefix, StringComparison.Ordinal));
        return JsonDocument.Parse(line[MetricsLine.Prefix.Length..]);
    }
}
