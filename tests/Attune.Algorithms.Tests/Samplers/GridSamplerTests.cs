using System.Text.Json;
using Attune.Events;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class GridSamplerTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("rate", 0.01, 1, Scale.Log).Int("n", 1, 100).Int("few", 1, 2).Categorical("kind", ["a", "b"]).Build();

    [Fact]
    public void Propose_Defaults_WalksEveryCombinationWithTheFirstParameterSlowest()
    {
        var all = All(Space, """{"points":3,"parameters":{"n":2}}""");
        Assert.Equal(3 * 2 * 2 * 2, all.Count);
        Assert.Equal(24, all.Distinct().Count());
        Assert.Equal([0.01, 0.1, 1], all.Select(configuration => Math.Round(configuration.GetDouble("rate"), 12)).Distinct());
        Assert.Equal([1, 100], all.Select(configuration => configuration.GetInt("n")).Distinct());
        Assert.Equal(["a", "b", "a"], all.Take(3).Select(configuration => configuration.GetText("kind")));
        Assert.Equal(Enumerable.Repeat(0.01, 8), all.Take(8).Select(configuration => configuration.GetDouble("rate")));
    }

    [Fact]
    public void Propose_Shuffled_WalksTheSameGridInAnotherOrder()
    {
        var (plain, shuffled) = (All(Space, """{"points":3}"""), All(Space, """{"points":3,"shuffle":true}"""));
        Assert.NotEqual(plain, shuffled);
        Assert.Equal(plain.ToHashSet(), shuffled.ToHashSet());
    }

    [Fact]
    public void Propose_ConditionalSpace_DoesNotMultiplyByInactiveParameters()
    {
        var space = new SearchSpaceBuilder().Categorical("kind", ["a", "b"]).Int("x", 1, 3, when: "kind == 'a'")
            .Int("y", 1, 4, when: "kind == 'b'").Build();
        Assert.Equal(3 + 4, All(space, "{}").Count);
    }

    [Theory]
    [InlineData("""{"parameters":{"speed":3}}""", "'speed', which is no parameter; there are rate, n, few, kind")]
    [InlineData("""{"parameters":{"kind":3}}""", "choices are always tried all")]
    [InlineData("""{"points":0}""", "a whole number from 1 to 10000")]
    public void CreateSampler_WrongOption_SaysWhatIsAllowed(string options, string allowed)
    {
        var error = Assert.Throws<ProblemException>(() => Create(Space, options));
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_GridTooLarge_SaysWhatToDo()
    {
        var sampler = Create(TestSpaces.Wide(100), "{}");
        var script = Script(TestSpaces.Wide(100), null);
        var error = Assert.Throws<ProblemException>(() => sampler.Propose(new(script.History, 0, 0), 1));
        Assert.Contains("lower 'points'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_NoPointLegal_SaysSo()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Constrain("x > 0.4 and x < 0.45").Build();
        Assert.Throws<SpaceException>(() => Create(space, "{}").Propose(new(Script(space, null).History, 0, 0), 1));
    }

    [Fact]
    public void Propose_AfterARevision_WalksTheNewGridWithoutWhatWasProposed()
    {
        var before = new SearchSpaceBuilder().Int("n", 1, 3).Categorical("kind", ["a", "b"]).Build();
        var after = new SearchSpaceBuilder().Int("n", 1, 4).Categorical("kind", ["a", "b", "c"]).Build();
        var sampler = Create(before, "{}");
        var script = Script(before, sampler);
        var seen = Drive(script, sampler, 4);
        script.Revise(after);
        seen.AddRange(Drive(script, sampler, 100));
        Assert.Equal(12, seen.Count);
        Assert.Equal(12, seen.Distinct().Count());
    }

    [Fact]
    public void Propose_TakingOverFromAnotherSampler_BeginsWithTheFirstPoint()
    {
        var sampler = Create(Space, """{"points":3}""");
        var script = Script(Space, sampler);
        for (var i = 0; i < 5; i++)
            script.Start(new(Space.Default()));
        script.Append(new SamplerChanged(sampler.Descriptor));
        Assert.Equal(All(Space, """{"points":3}"""), Drive(script, sampler, 100).Select(text => text.Configuration));
    }

    private static List<Configuration> All(SearchSpace space, string options)
    {
        var sampler = Create(space, options);
        return [.. sampler.Propose(new(Script(space, sampler).History, 0, 0), 1_000).Select(proposal => proposal.Configuration)];
    }

    private static List<(string Values, Configuration Configuration)> Drive(JournalScript script, ISampler sampler, int most)
    {
        var seen = new List<(string, Configuration)>();
        while (seen.Count < most
            && sampler.Propose(new(script.History, script.History.Trials.Count, script.History.SamplerIndex), 1) is [var proposal])
        {
            script.Start(proposal);
            seen.Add((proposal.Configuration.ToString(), proposal.Configuration));
        }

        return seen;
    }

    private static ISampler Create(SearchSpace space, string options) => MethodRegistry.Default.CreateSampler(
        MethodRegistry.Default.DescribeSampler("grid", JsonElement.Parse(options)),
            new(new Problem(space, [new Objective("loss")]), 1, Budget.Unlimited));

    private static JournalScript Script(SearchSpace space, ISampler? sampler) =>
        new(JournalScript.Define(new Problem(space, [new Objective("loss")]), 1), sampler is null ? [] : [sampler]);
}
