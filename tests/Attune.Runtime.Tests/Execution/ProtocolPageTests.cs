using System.Runtime.CompilerServices;

namespace Attune.Runtime.Tests.Execution;

/// <summary>The shell example of the page on the program protocol, run as it stands there.</summary>
public sealed class ProtocolPageTests
{
    [Fact]
    public async Task ShellExample_Interrupted_GoesOnFromItsCheckpoint()
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs, Retries = new(FailedAttempts: 2) };

        // The fourth epoch fails once.
        const string TrainOneEpoch = """
            #!/bin/sh
            echo "$@" >>epochs
            if [ "$4" = 4 ] && [ ! -e failed ]; then touch failed; exit 1; fi
            echo "0.$((10 - $4))"
            """;
        study.WriteScript("train-one-epoch", TrainOneEpoch);
        var trial = await study.RunOneAsync(await ReadExampleAsync("sh"));
        Assert.Equal((TrialState.Completed, 2), (trial.State, trial.Attempt));
        Assert.Equal([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], trial.Measurements.Select(measurement => measurement.Metrics["loss"]));
        var epochs = "1 2 3 4 4 5 6 7 8 9".Split(' ').Select(epoch => $"--rate 0.25 --epoch {epoch}");
        Assert.Equal(epochs, await study.ReadLinesAsync("epochs"));
    }

    private static async Task<string> ReadExampleAsync(string language, [CallerFilePath] string here = "")
    {
        var page = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "program-protocol.md");
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
