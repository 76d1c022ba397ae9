namespace Attune.Problems.Tests;

/// <summary>Problems behind the evaluator protocol, served by the program beside these tests.</summary>
public sealed class ExternalProblemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evaluate_OfEveryServedProblem_GivesWhatTheProblemGivesInThisProcess()
    {
        await using var own = Plugins.OpenProblems(Plugins.DefaultFolder);
        await using var served = await StartAsync("serves", processes: 2);
        Assert.Equal(own.Names, served.Names);
        foreach (var name in own.Names)
        {
            var (mine, other) = (await own.OpenAsync(name, Token), await served.OpenAsync(name, Token));
            var resource = mine.Problem.Fidelity is null ? (double?)null : 7;
            Assert.Equal(
                mine.Problem.Space.Parameters.Select(parameter => (parameter.Name, parameter.Kind, parameter.Activation)),
                other.Problem.Space.Parameters.Select(parameter => (parameter.Name, parameter.Kind, parameter.Activation)));
            Assert.Equal(
                (mine.Group, mine.NoiseDeviation, mine.BestKnown?.Value), (other.Group, other.NoiseDeviation, other.BestKnown?.Value));
            Assert.Equal(mine.Ranges, other.Ranges);
            Assert.Equal(mine.Problem.Objectives, other.Problem.Objectives);
            Assert.Equal(mine.Problem.Constraints, other.Problem.Constraints);
            Assert.Equal((mine.InfeasibleValue, mine.MaximalHypervolume), (other.InfeasibleValue, other.MaximalHypervolume));
            var random = Attune.Numerics.RandomKey.FromSeed(5).CreateStream();
            var configuration = other.Problem.Space.Sample(ref random);
            var here = await mine.EvaluateAsync(mine.Problem.Space.Configure(configuration.Values()), resource, 3, 4, Token);
            var there = await other.EvaluateAsync(configuration, resource, 3, 4, Token);
            Assert.Equal((here.Values, here.Noiseless, here.Seconds), (there.Values, there.Noiseless, there.Seconds));
        }
    }

    [Fact]
    public async Task Agreement_OfAProblemWithItself_IsFullAndWithAnotherOneIsNot()
    {
        await using var own = Plugins.OpenProblems(Plugins.DefaultFolder);
        await using var served = await StartAsync("serves");
        foreach (var name in (string[])["branin_noisy", "conditional", "lcbench/3945", "g04"])
        {
            var (mine, other) = (await own.OpenAsync(name, Token), await served.OpenAsync(name, Token));
            Assert.Equal(0, (await ProblemAgreement.OfAsync(mine, other, 10, Token)).LargestDifference);
        }

        var branin = await own.OpenAsync("branin", Token);
        var noisy = await ProblemAgreement.OfAsync(branin, await served.OpenAsync("branin_noisy", Token), 10, Token);
        Assert.Equal("y", noisy.Metric);
        Assert.True(noisy.LargestDifference > 0.01);
        var exception = await Assert.ThrowsAsync<BenchmarkException>(
            async () => await ProblemAgreement.OfAsync(branin, await served.OpenAsync("zdt1_6", Token), 10, Token));
        Assert.Contains("has another space", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_AtOnce_IsAnsweredByEachForItself()
    {
        await using var served = await StartAsync("serves", processes: 3);
        var branin = await served.OpenAsync("branin_noisy", Token);
        var middle = branin.Problem.Space.Configure([], useDefaults: true);
        var together = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(trial => branin.EvaluateAsync(middle, null, 1, trial, Token).AsTask()));
        for (var trial = 0; trial < together.Length; trial++)
            Assert.Equal(
                await branin.EvaluateAsync(middle, null, 1, trial, Token) is var alone ? alone.Values : null, together[trial].Values);
    }

    [Theory]
    [InlineData("mute", "ended with exit code 7 instead of answering {\"cmd\":\"list\"}. Its last words: there is no licence")]
    [InlineData(
        "shapeless", "space of 'thing' cannot be used: the parameter 'x' has the type 'complex'; there are float, int and categorical")]
    [InlineData("babbles", "with a line that is no JSON object: Loading model ...")]
    [InlineData("forgets", "has no values for y")]
    [InlineData("refuses", "refuses {\"problem\":\"thing\",\"config\":{\"x\":0.5},\"seed\":0,\"trial\":0}: x: too hot")]
    [InlineData("dies", "ended with exit code 3 instead of answering")]
    public async Task Source_WhoseProgramBreaksTheProtocol_TellsHow(string fault, string message)
    {
        var exception = await Assert.ThrowsAsync<BenchmarkException>(async () =>
        {
            await using var source = await StartAsync(fault);
            var problem = await source.OpenAsync("thing", Token);
            await problem.EvaluateAsync(problem.Problem.Space.Configure([], useDefaults: true), null, 0, 0, Token);
        });
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAProgramThatDoesNotExist_NamesIt()
    {
        var exception = await Assert.ThrowsAsync<BenchmarkException>(
            () => ExternalProblemSource.StartAsync(["no-such-evaluator"], cancellationToken: Token));
        Assert.StartsWith("The evaluator 'no-such-evaluator' cannot be started", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_ByNamePatternAndGroup_GivesEachProblemOnce()
    {
        await using var source = Plugins.OpenProblems(Plugins.DefaultFolder);
        var selected = await ProblemSelection.SelectAsync(source, ["lcbench/3945", "lcbench/*", "noisy"], Token);
        Assert.Equal(
            ["lcbench/3945", "lcbench/7593", "lcbench/126026", "lcbench/167168", "lcbench/189873", "lcbench/189906", "branin_noisy",
                "hartmann6_noisy", "levy10_noisy", "conditional_noisy"],
            selected.Select(problem => problem.Name));
        var exception = await Assert.ThrowsAsync<BenchmarkException>(() => ProblemSelection.SelectAsync(source, ["brainin"], Token));
        Assert.StartsWith(
            "There is no problem and no group 'brainin'; the problems are branin, ", exception.Message, StringComparison.Ordinal);
    }

    private static Task<ExternalProblemSource> StartAsync(string manner, int processes = 1)
    {
        var program = Path.Combine(
            AppContext.BaseDirectory, "Attune.Problems.Tests.Evaluator" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return ExternalProblemSource.StartAsync([program, manner], processes, Token);
    }
}
