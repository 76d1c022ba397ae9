using Attune.Algorithms.Samplers;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Auto;

public sealed class AutoPlanTests
{
    [Fact]
    public void Of_FewTrialsOfASmoothSurface_AlwaysTakesTheProcess()
    {
        var (context, data) = After(40, place => place * place);
        Assert.All(Turns(context, data), plan => Assert.True(plan.UsesModel, plan.Reason));
    }

    [Fact]
    public void Of_HundredsOfParameters_NeverTakesTheProcess()
    {
        var (context, data) = After(10, place => place, parameters: 201);
        Assert.All(Turns(context, data), plan => Assert.Equal("201 parameters are too many for a Gaussian process", plan.Reason));
    }

    [Fact]
    public void Of_ManyEqualLosses_TakesParzenEstimatorsEveryThirdTurn()
    {
        var (context, data) = After(40, place => Math.Floor(10 * place));
        Assert.Equal(8, Turns(context, data).Count(plan => !plan.UsesModel));
    }

    // The script's clock gives every trial two seconds.
    [Theory]
    [InlineData(1, 24)]
    [InlineData(10, 24)]
    [InlineData(20, 12)]
    [InlineData(1_000, 3)]
    public void Of_TrialsThatEndFasterThanTheProcessThinks_GivesItTheShareOfTurnsThatItManages(int parallelism, int turns)
    {
        var (context, data) = After(501, place => place * place);
        Assert.Equal(turns, Turns(context with { Parallelism = parallelism }, data).Count(plan => plan.UsesModel));
    }

    [Fact]
    public void Of_AShortStudyOfFastTrials_StillTakesTheProcess()
    {
        var (context, data) = After(400, place => place * place);
        Assert.All(Turns(context with { Parallelism = 1_000 }, data), plan => Assert.True(plan.UsesModel, plan.Reason));
    }

    [Fact]
    public void Of_ALongStudyOfFastTrials_TakesBothMethods()
    {
        var (context, data) = After(1_001, place => place * place);
        Assert.Equal(18, Turns(context, data).Count(plan => plan.UsesModel));
        Assert.InRange(Turns(context with { Parallelism = 1_000 }, data).Count(plan => plan.UsesModel), 1, 3);
    }

    private static AutoPlan[] Turns(ProposalContext context, ModelData data) =>
        [.. Enumerable.Range(0, 24).Select(place => AutoPlan.Of(context, place, data))];

    private static (ProposalContext Context, ModelData Data) After(int trials, Func<double, double> loss, int parameters = 2)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < parameters; i++)
            builder.Float($"x{i}", 0, 1);
        var space = builder.Build();
        var script = new JournalScript(JournalScript.Define(new(space, [new("loss")]), 1));
        var point = new double[parameters];
        for (var i = 0; i < trials; i++)
        {
            Array.Fill(point, i / (trials - 1.0));
            script.Complete(script.Start(new(space.Decode(point))), new("loss", loss(point[0])));
        }

        var data = new ModelData("auto");
        foreach (var journalEvent in script.Events)
            data.Observe(journalEvent, script.History);
        return (new(script.History, trials, 0), data);
    }
}
