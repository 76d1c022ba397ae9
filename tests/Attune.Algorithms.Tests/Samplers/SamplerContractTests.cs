using System.Text.Json;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class SamplerContractTests
{
    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var (sampler, options) in new[]
        {
            ("random", "{}"), ("sobol", "{}"), ("halton", "{}"), ("latin-hypercube", "{}"), ("latin-hypercube", """{"design":7}"""),
            ("grid", "{}"), ("grid", """{"shuffle":true,"points":4}"""), ("gp-ucb", """{"candidates":32,"model_trials":20}"""),
            ("tpe", "{}"), ("auto", """{"initial":6}"""),
            ("gp", """{"candidates":32,"model_trials":20}"""), ("gp", """{"candidates":32,"model_trials":20,"members":3}"""),
            ("gp", """{"candidates":32,"model_trials":20,"acquisition":"thompson"}"""),
            ("gp", """{"candidates":32,"model_trials":20,"input_warping":true}"""),
            ("gp", """{"candidates":32,"model_trials":20,"ordinals":"learned"}"""),
            ("gp", """{"candidates":32,"model_trials":20,"ordinals":"apart"}"""),
            ("gp", """{"candidates":32,"model_trials":20,"acquisition":"max-value-entropy"}"""),
            ("gp", """{"candidates":32,"model_trials":20,"acquisition":"ucb","pending":"hallucination"}"""),
            ("gp", """{"candidates":32,"model_trials":20,"acquisition":"ei","pending":"constant-liar","cost_aware":true}"""),
            ("gp", """{"candidates":32,"model_trials":20,"acquisition":"pi","pending":"local-penalization"}"""),
            ("turbo", """{"candidates":32,"model_trials":20}"""),
            ("turbo", """{"candidates":32,"model_trials":20,"acquisition":"thompson","transform":"copula"}"""),
            ("turbo", """{"candidates":32,"model_trials":20,"initial":4,"failures":1,"shortest_length":0.5,"additive":false}"""),
            ("scbo", """{"candidates":32,"model_trials":20}"""),
            ("forest", """{"candidates":32,"model_trials":20,"trees":10}"""),
        })
        {
            foreach (var law in SamplerContract.Laws)
                cases.Add(sampler, options, law);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_EveryLaw_Holds(string sampler, string options, string law)
    {
        var descriptor = MethodRegistry.Default.DescribeSampler(sampler, JsonElement.Parse(options));
        var claims = sampler switch
        {
            "grid" => new SamplerContractOptions
            {
                ExhaustsFiniteSpaces = true, DependsOnSeed = options.Contains("shuffle", StringComparison.Ordinal), MaxDimensions = 9,
            },
            "gp-ucb" or "gp" or "auto" or "forest" or "turbo" or "scbo" => new SamplerContractOptions
            {
                ExhaustsFiniteSpaces = true, ProposalsPerSpace = 24, ReplayTrials = 12, GrowthEnds = sampler == "auto" ? 450 : 100,
            },
            "tpe" => new SamplerContractOptions { ExhaustsFiniteSpaces = true, GrowthEnds = 1_500 },
            _ => new SamplerContractOptions(),
        };
        new SamplerContract(MethodRegistry.Default, descriptor, claims).Check(law, seed: 20_240);
    }
}
