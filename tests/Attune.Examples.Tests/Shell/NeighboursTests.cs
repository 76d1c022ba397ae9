using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Attune.Examples.Tests.Shell;

public sealed partial class NeighboursTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "shell");

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(1, 0.5)]
    public async Task Script_OneNeighbour_AgreesWithAnIndependentCount(double power, double scaling)
    {
        var (code, output, _) = await RunAsync("-k", "1", "-p", Text(power), "-s", Text(scaling));

        Assert.Equal(0, code);
        var error = double.Parse(ErrorPattern().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal(NearestNeighbourError(power, scaling), error, tolerance: 0.00005 + 1e-12);
    }

    [Fact]
    public async Task Script_SameArgumentsAgain_PrintsTheSame()
    {
        string[] arguments = ["-k", "7", "-p", "1.5", "-s", "0.9"];

        Assert.Equal(await RunAsync(arguments), await RunAsync(arguments));
    }

    [Theory]
    [InlineData("-k", "0", "whole number from 1 to 177, found 0")]
    [InlineData("-k", "2.5", "found 2.5")]
    [InlineData("-p", "x", "number above 0, found x")]
    [InlineData("-s", "0,5", "found 0,5")]
    public async Task Script_WrongArgument_FailsAndSaysWhatIsAllowed(string option, string value, string expected)
    {
        var (code, output, error) = await RunAsync(option, value);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    // The pattern of examples/shell/study.yaml.
    [GeneratedRegex("error = ([0-9.eE+-]+)")]
    private static partial Regex ErrorPattern();

    private static double NearestNeighbourError(double power, double scaling)
    {
        var rows = File.ReadLines(Path.Combine(Folder, "data", "wine.csv"))
            .Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        var divisors = Enumerable.Range(0, 13)
            .Select(column => Math.Pow(Deviation([.. rows.Select(row => row[column])]), scaling))
            .ToArray();
        var mistakes = rows.Count(row => rows.Where(other => other != row).MinBy(other => Distance(row, other))![13] != row[13]);
        return (double)mistakes / rows.Length;

        double Distance(double[] a, double[] b) =>
            divisors.Select((divisor, column) => Math.Pow(Math.Abs(a[column] - b[column]) / divisor, power)).Sum();
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("sh", ["neighbours.sh", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
