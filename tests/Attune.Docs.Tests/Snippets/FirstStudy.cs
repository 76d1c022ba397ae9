#region first-study
using Attune;
#endregion

namespace Snippets;

public sealed class FirstStudy
{
    [Fact]
    public async Task FirstStudy_Runs()
    {
        #region first-study
        var result = await Study.Create("svm", Direction.Maximize, trials: 50)
            .RunAsync<SvmParameters>(parameters => Accuracy(parameters));

        Console.WriteLine($"accuracy {result.BestValue} with {result.Best}");
        #endregion

        Assert.Equal(50, result.History.FinishedCount);
        Assert.True(File.Exists("svm.db"));
    }

    [Fact]
    public async Task RunningAgain_GoesOnWhereItWas()
    {
        var evaluated = 0;

        var first = await RunAsync(trials: 6);
        await RunAsync(trials: 6);
        var more = await RunAsync(trials: 9);

        Assert.Equal(9, evaluated);
        Assert.Equal(9, more.History.FinishedCount);
        Assert.Equal(
            first.History.Trials.Select(trial => trial.Configuration!.ToString()),
            more.History.Trials.Take(6).Select(trial => trial.Configuration!.ToString()));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Study.Create("svm-again", Direction.Minimize, trials: 6)
            .RunAsync<SvmParameters>(Accuracy));
        Assert.Contains("objectives was maximize value and is now minimize value", refused.Message, StringComparison.Ordinal);

        Task<StudyResult<SvmParameters>> RunAsync(int trials) => Study.Create("svm-again", Direction.Maximize, trials)
            .RunAsync<SvmParameters>(parameters =>
            {
                evaluated++;
                return Accuracy(parameters);
            });
    }

    private static double Accuracy(SvmParameters parameters) =>
        1 - (0.01 * Math.Abs(Math.Log10(parameters.Cost))) - (parameters.Gamma is { } gamma ? 0.01 * Math.Abs(Math.Log10(gamma) + 2) : 0.1);
}

#region first-study
public sealed record SvmParameters(
    [Float(1e-3, 1e3, Scale = Scale.Log)] double Cost,
    Kernel Kernel,
    [Float(1e-5, 10, Scale = Scale.Log)] [When(nameof(Kernel), Kernel.Gaussian)] double? Gamma);

public enum Kernel { Linear, Gaussian }
#endregion
