using System.Text.Json;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Sequential;

public sealed class RepetitionTests
{
    private const int Trials = 40;

    public static TheoryData<string, string, int> Samplers()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var (sampler, options) in new[]
        {
            ("gp-ucb", """{"exploration":0.001,"candidates":64}"""), ("gp", """{"candidates":64}"""),
            ("gp", """{"candidates":64,"acquisition":"thompson"}"""), ("forest", """{"candidates":64,"trees":10}"""),
            ("turbo", """{"candidates":64}"""), ("scbo", """{"candidates":64}"""), ("tpe", "{}"), ("auto", "{}"),
        })
        {
            data.Add(sampler, options, 0);
            data.Add(sampler, options, 8);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_WhereTheBestTrialStandsAlone_NeverRepeatsATrialUpToRounding(string sampler, string options, int pending)
    {
        // A needle at the defaults: whoever exploits would like to be there again.
        var space = new SearchSpaceBuilder().Float("rate", 1e-7, 3e-2, Scale.Log).Float("momentum", 0.1, 0.77, Scale.Log).Build();
        var (defaults, unit) = (space.Default(), new double[Trials * 2]);

        // Every proposal of auto averages over many draws: fewer will do.
        Run(space, sampler, options, pending, sampler == "auto" ? 24 : Trials, (proposal, i) =>
        {
            space.Encode([proposal], unit.AsSpan(2 * i));
            for (var j = 0; j < i; j++)
            {
                var distance = Math.Abs(unit[2 * i] - unit[2 * j]) + Math.Abs(unit[(2 * i) + 1] - unit[(2 * j) + 1]);
                Assert.True(distance > 1e-12, $"proposal {i} is {distance} away from proposal {j}");
            }

            return proposal.Equals(defaults) ? -1 : i % 3;
        });
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_FiniteSpace_ExhaustsItWithoutRepeatingATrial(string sampler, string options, int pending)
    {
        var space = new SearchSpaceBuilder().Int("depth", 1, 5).Ordinal("size", [1, 2, 8]).Categorical("kind", ["a", "b"]).Build();
        var seen = new HashSet<Configuration>();

        Run(space, sampler, options, pending, 30, (proposal, i) =>
        {
            Assert.True(seen.Add(proposal), $"proposal {i} is not new");
            return Math.Abs(proposal.GetInt("depth") - 2) + (proposal.GetText("kind") == "a" ? 0 : 0.5);
        });
    }

    public static TheoryData<string> Methods => ["gp", "gp-ucb", "auto", "tpe", "forest", "turbo", "scbo"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Propose_FiniteSpaceWithDeclaredNoise_MeasuresWhatIsPromisingAgain(string sampler)
    {
        foreach (var objective in (Objective[])
            [new("loss") { Noise = Noise.Known, NoiseVariance = 0.09 }, new("loss") { Noise = Noise.Reported }])
        {
            var (stream, counts) = (RandomKey.FromSeed(6).CreateStream(), new Dictionary<double, int>());

            Run(Six, sampler, "{}", 2, 40, (proposal, _) =>
            {
                var loss = Math.Abs(proposal.GetInt("depth") - 2) + (proposal.GetText("kind") == "a" ? 0 : 0.7);
                counts[loss] = counts.GetValueOrDefault(loss) + 1;
                return loss + (0.3 * stream.NextNormal());
            }, objective);

            Assert.Equal(40, counts.Values.Sum());
            Assert.True(counts[0] >= 8, $"{sampler}: {string.Join(", ", counts.OrderBy(pair => pair.Key))}");
            Assert.True(counts[0] >= counts.Values.Max(), $"{sampler}: {string.Join(", ", counts.OrderBy(pair => pair.Key))}");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Propose_FiniteSpaceWhoseNoiseIsNotDeclared_EndsWithIt(string sampler)
    {
        foreach (var objective in (Objective[])
            [new("loss"), new("loss") { Noise = Noise.Deterministic }, new("loss") { Noise = Noise.Known, NoiseVariance = 0 }])
        {
            var (method, script) = Run(Six, sampler, "{}", 0, 6, (_, i) => i, objective);

            Assert.Empty(method.Propose(new(script.History, 6, 6), 3));
        }
    }

    private static SearchSpace Six { get; } = new SearchSpaceBuilder().Int("depth", 1, 3).Categorical("kind", ["a", "b"]).Build();

    /// <summary>Runs a study in which so many trials wait for their ends at a time.</summary>
    private static (ISampler Method, JournalScript Script) Run(
        SearchSpace space, string sampler, string options, int pending, int trials, Func<Configuration, int, double> loss,
        Objective? objective = null)
    {
        var problem = new Problem(space, [objective ?? new("loss") { Noise = Noise.Deterministic }]);
        var method = MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse(options)), new(problem, 3, new Budget { Trials = trials }));
        var script = new JournalScript(JournalScript.Define(problem, 3, method.Descriptor), [method]);
        var open = new Queue<(int Trial, double Loss)>();
        for (var i = 0; i < trials; i++)
        {
            var proposal = method.Propose(new(script.History, i, i), 1)[0];
            open.Enqueue((script.Start(proposal), loss(proposal.Configuration, i)));
            if (open.Count > pending)
            {
                var (number, value) = open.Dequeue();
                script.Complete(number, new("loss", value));
            }
        }

        return (method, script);
    }
}
