using System.Text.Json;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class PointSetSamplerTests
{
    private const ulong Seed = 11;

    [Fact]
    public void Propose_Sobol_GivesTheScrambledSequenceOfTheStudysSeed()
    {
        var space = TestSpaces.Plane();
        var sequence = new SobolSequence(2, Keys.ForStudy(Seed, "sobol"));
        var point = new double[2];
        var proposals = Propose("sobol", space, 64);
        for (var i = 0; i < 64; i++)
        {
            sequence.GetPoint(i, point);
            Assert.Equal(space.Decode(point), proposals[i]);
        }
    }

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    [InlineData("latin-hypercube")]
    public void Propose_ConstrainedSpace_GivesTheLegalPointsInOrderWhateverTheOrderOfQuestions(string name)
    {
        var space = TestSpaces.Constrained();
        var inOrder = Propose(name, space, 300);
        var (sampler, script) = Create(name, space);
        var order = new int[300];
        RandomKey.FromSeed(1).CreateStream().Permutation(order);
        foreach (var index in order)
            Assert.Equal(inOrder[index], sampler.Propose(new(script.History, 0, index), 1)[0].Configuration);
        Assert.Equal(300, inOrder.Distinct().Count());
    }

    [Fact]
    public void Propose_SobolOnPowersOfTwo_PutsOnePointIntoEachSliceOfEachAxis()
    {
        var proposals = Propose("sobol", TestSpaces.Plane(), 128);
        foreach (var name in new[] { "x", "y" })
        {
            var parameter = TestSpaces.Plane()[name];
            var slices = proposals.Select(configuration => (int)(parameter.ToUnit(configuration.GetDouble(name)) * 128));
            Assert.Equal(Enumerable.Range(0, 128), slices.Order());
        }
    }

    [Theory]
    [InlineData("""{"design":10}""", null, 10)]
    [InlineData("{}", 25, 25)]
    [InlineData("{}", null, 100)]
    public void Propose_LatinHypercube_PutsOnePointIntoEachSliceOfEachAxisOfEachDesign(string options, int? trials, int design)
    {
        var proposals = Propose("latin-hypercube", TestSpaces.Plane(), 3 * design, options, trials);
        var parameter = TestSpaces.Plane()["y"];
        foreach (var chunk in proposals.Chunk(design))
            Assert.Equal(Enumerable.Range(0, design),
                chunk.Select(configuration => (int)(parameter.ToUnit(configuration.GetDouble("y")) * design)).Order());
        Assert.NotEqual(proposals.Take(design), proposals.Skip(design).Take(design));
    }

    [Theory]
    [InlineData("random", 4)]
    [InlineData("sobol", 1)]
    [InlineData("halton", 1)]
    [InlineData("latin-hypercube", 1)]
    public void Propose_Priors_AreHonoured(string name, double standardErrors)
    {
        const int Count = 2_048;
        var proposals = Propose(name, TestSpaces.Priors(), Count, trials: Count);
        Assert.DoesNotContain(proposals, configuration => configuration.GetText("kind") == "a");
        var share = proposals.Count(configuration => configuration.GetText("kind") == "c") / (double)Count;
        Assert.InRange(share, 0.75 - (standardErrors * 0.0096), 0.75 + (standardErrors * 0.0096));

        // The mean of a normal density around 0.2 with deviation 0.1, cut off at 0: 0.2 + 0.1 φ(2)/Φ(2) (nothing is cut off at 1).
        var mean = 0.2 + (0.1 * NormalDistribution.Pdf(2) / NormalDistribution.Cdf(2));
        var found = proposals.Average(configuration => configuration.GetDouble("x"));
        Assert.InRange(found, mean - (standardErrors * 0.0022), mean + (standardErrors * 0.0022));
    }

    [Fact]
    public void CreateSampler_SobolWithTooManyParameters_NamesAnAlternative()
    {
        var error = Assert.Throws<ProblemException>(() => Create("sobol", TestSpaces.Wide(1_200)));
        Assert.Contains("use random or latin-hypercube", error.Message, StringComparison.Ordinal);
        Assert.Equal(1_200, Propose("halton", TestSpaces.Wide(1_200), 1)[0].Numbers.Length);
    }

    [Fact]
    public void Propose_ContradictoryConstraints_SayWhichTheyAre()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Constrain("x > 2").Build();
        foreach (var name in new[] { "random", "sobol", "halton", "latin-hypercube", "gp-ucb", "tpe" })
            Assert.Contains("x > 2", Assert.Throws<SpaceException>(() => Propose(name, space, 1)).Message, StringComparison.Ordinal);
    }

    private static List<Configuration> Propose(string name, SearchSpace space, int count, string options = "{}", int? trials = null)
    {
        var (sampler, script) = Create(name, space, options, trials);
        return [.. sampler.Propose(new(script.History, 0, 0), count).Select(proposal => proposal.Configuration)];
    }

    private static (ISampler Sampler, JournalScript Script) Create(string name, SearchSpace space, string options = "{}",
        int? trials = null)
    {
        var problem = new Problem(space, [new Objective("loss")]);
        var descriptor = MethodRegistry.Default.DescribeSampler(name, JsonElement.Parse(options));
        var sampler = MethodRegistry.Default.CreateSampler(descriptor, new(problem, Seed, new Budget { Trials = trials }));
        return (sampler, new(JournalScript.Define(problem, Seed), [sampler]));
    }
}
