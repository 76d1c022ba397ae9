using Attune;
using Attune.Sqlite;

namespace Snippets;

public sealed class Running
{
    [Fact]
    public async Task Settings_Run()
    {
        #region settings
        using var cancelling = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            cancelling.Cancel();
        };

        var result = await Study.Create("svm-settings")
            .Maximize("accuracy")
            .WithSampler("latin-hypercube", """{"design": 40}""")
            .WithBudget(new() { Trials = 40, WallClock = TimeSpan.FromHours(1), ConsecutiveFailures = 5 })
            .WithParallelism(4)
            .WithSeed(7)
            .StoreIn("results.db", Durability.Power)
            .OnTrialFinished((trial, history) => Console.WriteLine($"trial {trial.Number} {trial.State}, best is {history.Best?.Number}"))
            .RunAsync<SvmParameters>(
                (parameters, trial) => AccuracyAsync(parameters, trial.Seed, trial.CancellationToken), cancelling.Token);

        if (result.Reason == StopReason.None)
            Console.WriteLine("Interrupted. Running the same again goes on.");
        #endregion

        Assert.Equal(StopReason.Trials, result.Reason);
        Assert.Equal(40, result.History.FinishedCount);
    }

    [Fact]
    public async Task Results_AreRead()
    {
        var result = await Study.Create("svm-results", trials: 8, sampler: "random").RunAsync<SvmParameters>(parameters =>
            parameters.Cost > 1 ? parameters.Cost : throw new InvalidOperationException("no convergence"));

        #region results
        var history = result.History;
        Console.WriteLine($"{history.CountOf(TrialState.Completed)} of {history.Trials.Count} completed; ended by {result.Reason}");

        foreach (var trial in history.Trials)
        {
            var outcome = trial.Failure?.Reason ?? string.Join(", ", trial.Values(history.Problem));
            Console.WriteLine($"{trial.Number} ({trial.Configuration}): {trial.State}, {outcome}");
        }
        #endregion

        Assert.Equal(8, history.Trials.Count);
        Assert.Contains(history.Trials, trial => trial.Failure is { Kind: FailureKind.Error });
        Assert.Contains(history.Trials, trial => trial.State == TrialState.Completed);
    }

    [Fact]
    public async Task Proposals_AreExplained()
    {
        var result = await Study.Create("svm-explained", trials: 12).InMemory().RunAsync<SvmParameters>(parameters => parameters.Cost);
        var problem = result.History.Problem;

        #region explanations
        foreach (var trial in result.History.Trials)
        {
            if (Explanation.Of(trial) is not { Mean: { } mean } explanation || trial.Values(problem) is not [var value])
                continue;
            Console.WriteLine($"{trial.Number} by {explanation.Method}: {mean} ± {explanation.Epistemic} was predicted, "
                + $"{value} came, {explanation.Surprise(value)} standard deviations away");
        }
        #endregion

        Assert.Contains(result.History.Trials, trial => Explanation.Of(trial) is { Method: "gp", Mean: not null, Nearest: not null });
    }

    private static Task<double> AccuracyAsync(SvmParameters parameters, int seed, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult((seed * 0) + (1 / (1 + parameters.Cost)));
    }
}
