using Attune;

namespace Snippets;

public sealed class FluentSpaces
{
    [Fact]
    public async Task Builder_Runs()
    {
        #region builder
        var space = new SearchSpaceBuilder()
            .Float("rate", 1e-5, 0.1, Scale.Log, prior: new NormalPrior(1e-3, 0.2))
            .Int("layers", 1, 8)
            .Categorical("model", ["svm", "network"])
            .Float("gamma", 1e-4, 1, Scale.Log, when: "model == 'svm'")
            .Boolean("shuffle", when: "model == 'network'")
            .Forbid("model == 'svm' and layers > 1")
            .Constrain("rate * layers <= 0.4")
            .Build();

        var summary = await Study.Create("plain", trials: 30)
            .RunAsync(space, configuration => Loss(configuration.GetDouble("rate"), configuration.GetInt("layers")));

        Console.WriteLine(summary.Best?.Configuration);
        #endregion

        Assert.Equal(30, summary.History.FinishedCount);
        Assert.NotNull(summary.Best);
    }

    private static double Loss(double rate, int layers) => Math.Abs(Math.Log10(rate) + 3) + layers;
}
