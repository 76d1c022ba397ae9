using Attune.StudyFiles;
using Digits.InProcess;

namespace Attune.Examples.Tests.InProcess;

public sealed class TuningTests
{
    [Fact]
    public async Task RunAsync_FewTrials_EndsWithATestScoreBetterThanGuessing()
    {
        using var folder = new TemporaryFolder();
        var output = new StringWriter();

        var accuracy = await Tuning.RunAsync("sobol", trials: 3, folder.File("study.db"), output, TestContext.Current.CancellationToken);

        Assert.InRange(accuracy!.Value, 0.5, 1);
        Assert.Contains("Best of 3 trials", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_CancelledAfterTheFirstTrial_SaysHowToGoOn()
    {
        using var folder = new TemporaryFolder();
        using var cancelling = new CancellationTokenSource();
        var output = new CancellingWriter(cancelling);

        var accuracy = await Tuning.RunAsync("sobol", trials: 40, folder.File("study.db"), output, cancelling.Token);

        Assert.Null(accuracy);
        Assert.Matches("Interrupted after [1-4] trials", output.ToString());
    }

    [Fact]
    public void Classifier_ComparedWithTheStudyFile_HasTheSameRanges()
    {
        var file = StudyFile.Load(Path.Combine(AppContext.BaseDirectory, "digits", "study.yaml")).File!;
        var typed = TypedSpace.Of<Classifier>().Space;

        // In the file, parameters of a model are named without it.
        Assert.Equal(
            file.Problem.Space.Parameters.Select(parameter => (parameter.Name, parameter.Describe())).Order(),
            typed.Parameters.Select(parameter => (parameter.Name.Split('.')[^1], parameter.Describe())).Order());
    }

    private sealed class CancellingWriter(CancellationTokenSource cancelling) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            cancelling.Cancel();
        }
    }
}
