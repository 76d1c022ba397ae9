using System.Globalization;
using Attune;
using Attune.Scheduling;

namespace Snippets;

public sealed class Objectives
{
    [Fact]
    public async Task SeveralMetrics_Run()
    {
        #region several-metrics
        var result = await Study.Create("trade-off", trials: 40)
            .AddObjective(new("accuracy", Direction.Maximize) { Target = 0.999 })
            .Minimize("size")
            .AddConstraint(new("latency", AtMost: 20))
            .RunMetricsAsync<SvmParameters>(async (parameters, trial) =>
            {
                var model = await FitAsync(parameters, trial.Seed, trial.CancellationToken);
                return new([new("accuracy", model.Accuracy), new("size", model.Size), new("latency", model.Latency)]);
            });

        foreach (var (parameters, trial) in result.Front)
            Console.WriteLine($"{string.Join(", ", trial.Values(result.History.Problem))}: {parameters}");
        #endregion

        Assert.Equal(40, result.History.FinishedCount);
        Assert.NotEmpty(result.Front);
    }

    [Fact]
    public async Task Reports_Run()
    {
        #region reports
        var result = await Study.Create("network", trials: 10)
            .Minimize("loss")
            .AddFidelity(new("epochs", 1, 27))
            .RunMetricsAsync<NetworkParameters>(async (parameters, trial) =>
            {
                var network = Network.Load(parameters, trial.Assignment.Checkpoint);
                for (var epoch = network.Epochs + 1; epoch <= trial.Resource; epoch++)
                {
                    var loss = network.TrainEpoch(trial.CancellationToken);
                    await trial.SaveCheckpointAsync(network.Save(), resource: epoch);
                    if (await trial.ReportAsync("loss", loss, resource: epoch) != TrialDecision.Continue)
                        break;
                }

                return null;
            });
        #endregion

        Assert.Equal(10, result.History.CountOf(TrialState.Completed));
        Assert.All(result.History.Trials, trial => Assert.Equal(27, trial.Measurements.Count));
    }

    private static async Task<(double Accuracy, double Size, double Latency)> FitAsync(
        SvmParameters parameters, int seed, CancellationToken cancellation)
    {
        Assert.InRange(seed, 0, int.MaxValue);
        await Task.Delay(0, cancellation);
        return (0.99 / (1 + Math.Exp(-parameters.Cost)), Math.Sqrt(parameters.Cost), parameters.Gamma is null ? 1 : 10);
    }

    private sealed record NetworkParameters([Float(1e-5, 0.1, Scale = Scale.Log)] double Rate);

    private sealed class Network(double rate)
    {
        public int Epochs { get; private set; }

        public static Network Load(NetworkParameters parameters, string? checkpoint) =>
            new(parameters.Rate) { Epochs = int.Parse(checkpoint ?? "0", CultureInfo.InvariantCulture) };

        public double TrainEpoch(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return Math.Abs(Math.Log10(rate) + 3) + (1.0 / ++Epochs);
        }

        public string Save() => Epochs.ToString(CultureInfo.InvariantCulture);
    }
}
