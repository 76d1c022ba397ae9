using Attune;

namespace Snippets;

public sealed class AskAndTell
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("temperature", 150, 250).Int("minutes", 10, 60).Build();

    [Fact]
    public async Task Loop_Runs()
    {
        var space = Space;

        #region ask-tell
        await using var opened = await Study.Create("oven", Direction.Maximize, trials: 12).StoreIn("oven.db").OpenAsync(space);
        var study = opened.Study;

        while (await study.AskAsync() is { } assignment)
        {
            var score = Bake(assignment.Configuration.GetDouble("temperature"), assignment.Configuration.GetInt("minutes"));
            await study.TellAsync(assignment, score);
        }

        var history = await study.SnapshotAsync();
        Console.WriteLine(history.Best?.Configuration);
        #endregion

        Assert.Equal(12, history.FinishedCount);
        Assert.Equal(StopReason.Trials, await study.StopReasonAsync());
    }

    [Fact]
    public async Task Days_MayPassInBetween()
    {
        var space = Space;

        #region hold
        int number;
        await using (var opened = await Study.Create("kiln", trials: 12).StoreIn("kiln.db").OpenAsync(space))
        {
            var assignment = await opened.Study.AskAsync(hold: TimeSpan.FromDays(7));
            number = assignment!.Trial;
            Console.WriteLine($"Trial {number}: please try {assignment.Configuration}");
        }

        // Another day, another process.
        await using (var opened = await Study.Create("kiln", trials: 12).StoreIn("kiln.db").OpenAsync(space))
        {
            await opened.Study.TellAsync(number, new MetricValues("value", 4.2));
        }
        #endregion

        await using var last = await Study.Create("kiln", trials: 12).StoreIn("kiln.db").OpenAsync(space);
        var trial = (await last.Study.SnapshotAsync()).Trials[number];
        Assert.Equal(TrialState.Completed, trial.State);
        Assert.Equal(1, trial.Attempt);
    }

    [Fact]
    public async Task Interventions_AreTaken()
    {
        await using var opened = await Study.Create("interventions", trials: 12).OpenAsync(Space);
        var study = opened.Study;

        #region interventions
        // Try this next, the rest of the parameters at their defaults.
        await study.EnqueueAsync([new("temperature", 200)], note: "what we always did");

        // Somebody measured this before; samplers learn from it.
        await study.ImportAsync([new("temperature", 180), new("minutes", 35)], new MetricValues("value", 7.5));

        // Three more days, another sampler from here on.
        await study.ChangeBudgetAsync(new() { Trials = 20, WallClock = TimeSpan.FromDays(3) });
        await study.ChangeSamplerAsync(new("sobol", Version: 1));

        // One limit, the others as they are.
        await study.ChangeLimitsAsync(budget => budget with { Cost = 500 });

        // Every worker of the study, wherever it is, starts nothing more.
        await study.StopAsync();
        #endregion

        var history = await study.SnapshotAsync();
        Assert.Single(history.Queue);
        Assert.Equal(TrialOrigin.Imported, history.Trials[0].Origin);
        Assert.Equal(("sobol", 20), (history.Sampler.Name, history.Budget.Trials));
        Assert.Null(await study.AskAsync());
    }

    private static double Bake(double temperature, int minutes) => -Math.Abs(temperature - 190) - Math.Abs(minutes - 30);
}
