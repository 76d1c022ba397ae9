using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>Why a trial was proposed, as <c>attune show</c> tells it.</summary>
public sealed class ExplanationTests : IDisposable
{
    private const string File =
        """
        name: hill
        maximize: score
        space:
          x: float(0, 1)
        sampler: {name: auto, initial: 4}
        budget: {trials: 20}
        command: ./hill.sh {x}
        """;

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task ShowTrial_OfAModel_TellsPredictionNeighbourAndSurprise()
    {
        await RunAsync(6);

        var told = await _shell.OutputOfAsync("show", "hill", "5");
        var json = (await _shell.RunAsync("show", "hill", "5", "--json")).Json;
        var why = json.GetProperty("explanation");

        Assert.Contains("why it was proposed:", told, StringComparison.Ordinal);
        Assert.Matches(@"\n  method     gp: \S+", told);
        Assert.Matches(@"\n  predicted  \S+ ± \S+ \(what the model does not know\) ± \S+ \(noise of a measurement\)\n", told);
        Assert.Matches(@"\n  measured   \S+, \d+\.\d standard deviations (better|worse) than predicted", told);
        Assert.Matches(@"\n  nearest    trial [0-4] with \S+, \S+ away", told);
        Assert.Equal("gp", why.GetProperty("method").GetString());
        var nearest = why.GetProperty("nearest").GetInt32();
        Assert.Equal(Value(await TrialAsync(nearest)), why.GetProperty("nearest_value").GetDouble());
        var (mean, epistemic, aleatoric) = (Number(why, "mean"), Number(why, "epistemic"), Number(why, "aleatoric"));
        Assert.Equal((Value(json) - mean) / Math.Sqrt((epistemic * epistemic) + (aleatoric * aleatoric)), Number(why, "surprise"), 1e-9);
    }

    [Fact]
    public async Task ShowTrial_NumberAlone_IsTheTrialOfTheOnlyStudy()
    {
        await RunAsync(2);

        var expected = await _shell.OutputOfAsync("show", "--trial", "1");

        Assert.Equal(expected, await _shell.OutputOfAsync("show", "1"));
        Assert.Equal(expected, await _shell.OutputOfAsync("show", "hill", "1"));
        Assert.Equal(expected, await _shell.OutputOfAsync("show", "study.yaml", "#1"));
        Assert.Contains("a point of the initial design", expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowTrial_WordThatIsNoNumber_SaysWhatIsAllowed()
    {
        await RunAsync(1);

        var result = await _shell.RunAsync("show", "hill", "best");

        Assert.Equal(2, result.Code);
        Assert.Contains("'best' is not the number of a trial", result.Error, StringComparison.Ordinal);
    }

    private async Task RunAsync(int trials)
    {
        _shell.Write("study.yaml", File);
        _shell.Write("hill.sh", "#!/bin/sh\n");
        for (var i = 0; i < trials; i++)
        {
            var asked = (await _shell.RunAsync("ask", "--file", "study.yaml", "--json")).Json;
            var x = asked.GetProperty("configuration").GetProperty("x").GetDouble();
            await _shell.OutputOfAsync("tell", $"{i}", FormattableString.Invariant($"score={1 - ((x - 0.3) * (x - 0.3))}"));
        }
    }

    private async Task<JsonElement> TrialAsync(int number) => (await _shell.RunAsync("show", $"{number}", "--json")).Json;

    private static double Value(JsonElement trial) => Number(trial.GetProperty("values"), "score");

    private static double Number(JsonElement parent, string name) => parent.GetProperty(name).GetDouble();
}
