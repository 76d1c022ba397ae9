using System.Text.Json;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Sequential;

public sealed class RepetitionTests
{
    private const int Trials = 40;

    [Theory]
    [InlineData("gp-ucb", """{"exploration":0.001,"candidates":64}""")]
    [InlineData("gp", """{"candidates":64}""")]
    [InlineData("forest", """{"candidates":64,"trees":10}""")]
    [InlineData("turbo", """{"candidates":64}""")]
    [InlineData("tpe", "{}")]
    public void Propose_WhereTheBestTrialStandsAlone_NeverRepeatsATrialUpToRounding(string sampler, string options)
    {
        // A needle at the defaults: whoever exploits would like to be there again.
        var space = new SearchSpaceBuilder().Float("rate", 1e-7, 3e-2, Scale.Log).Float("momentum", 0.1, 0.77, Scale.Log).Build();
        var problem = new Problem(space, [new Objective("loss") { Noise = Noise.Deterministic }]);
        var method = MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse(options)), new(problem, 3, new Budget { Trials = Trials }));
        var script = new JournalScript(JournalScript.Define(problem, 3, method.Descriptor), [method]);
        var (defaults, unit) = (space.Default(), new double[Trials * 2]);
        for (var i = 0; i < Trials; i++)
        {
            var proposal = method.Propose(new(script.History, i, i), 1)[0];
            script.Complete(script.Start(proposal), new("loss", proposal.Configuration.Equals(defaults) ? -1 : i % 3));
            space.Encode([proposal.Configuration], unit.AsSpan(2 * i));
            for (var j = 0; j < i; j++)
            {
                var distance = Math.Abs(unit[2 * i] - unit[2 * j]) + Math.Abs(unit[(2 * i) + 1] - unit[(2 * j) + 1]);
                Assert.True(distance > 1e-12, $"proposal {i} is {distance} away from proposal {j}");
            }
        }
    }
}
