using System.Globalization;
using System.Text.Json;
using Attune.Numerics;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

/// <summary>
/// One step of every sampler from a fixed history, against a stored file: a change of what a sampler proposes needs a new version. To
/// write the file anew, set ATTUNE_WRITE_GOLDEN to the path of golden-proposals.json and run this test.
/// </summary>
public sealed class GoldenProposalTests
{
    private const string Stored = "golden-proposals.json";
    private const ulong Seed = 424_242;

    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("rate", 1e-5, 1, Scale.Log)
        .Float("share", 0, 1)
        .Int("depth", 1, 12)
        .Categorical("kind", ["tree", "net"])
        .Float("momentum", 0, 0.99, when: "kind == 'net'")
        .Constrain("depth * share <= 9")
        .Build();

    public static TheoryData<string> Samplers() => [.. MethodRegistry.Default.Samplers.Select(sampler => sampler.Name)];

    [Fact]
    public void File_HoldsEverySampler()
    {
        if (Environment.GetEnvironmentVariable("ATTUNE_WRITE_GOLDEN") is { Length: > 0 } path)
            File.WriteAllText(path, Write());
        Assert.Equal(
            MethodRegistry.Default.Samplers.Select(sampler => $"{sampler.Name} v{sampler.Version}"),
            Read().EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Propose_FixedHistory_GivesTheStoredProposals(string name)
    {
        var version = MethodRegistry.Default.FindSampler(name).Version;
        var stored = Read().GetProperty($"{name} v{version}").EnumerateArray().ToArray();
        var found = Propose(name);
        Assert.Equal(stored.Length, found.Count);

        // Vectorised sums differ in their last digits between instruction sets, and a fit passes that on.
        var tolerance = name is "gp-ucb" or "gp" or "auto" or "turbo" or "scbo" ? 1e-3 : 1e-12;
        var unit = new double[Space.Dimensions];
        for (var i = 0; i < stored.Length; i++)
        {
            Space.Encode([found[i].Configuration], unit);
            var numbers = stored[i].EnumerateArray().Select(number => number.GetDouble()).ToArray();
            for (var j = 0; j < unit.Length; j++)
                Assert.Equal(numbers[j], unit[j], tolerance);
        }
    }

    private static IReadOnlyList<Proposal> Propose(string name)
    {
        var problem = new Problem(Space, [new Objective("loss")]);
        var sampler = MethodRegistry.Default.CreateSampler(
            MethodRegistry.Default.DescribeSampler(name), new(problem, Seed, new Budget { Trials = 50 }));
        var script = new JournalScript(JournalScript.Define(problem, Seed, sampler.Descriptor), [sampler]);
        var stream = RandomKey.FromSeed(1).CreateStream();
        for (var i = 0; i < 15; i++)
        {
            var trial = script.Start(new(Space.Sample(ref stream)));
            var configuration = script.History.Trials[trial].Configuration!;
            if (i % 7 == 3)
                script.Fail(trial);
            else if (i < 13)
                script.Complete(trial,
                    new("loss", Math.Abs(Math.Log10(configuration.GetDouble("rate")) + 2) + (configuration.GetInt("depth") / 6.0)));
        }

        return sampler.Propose(new(script.History, 15, 15), 3);
    }

    private static string Write()
    {
        var lines = MethodRegistry.Default.Samplers.Select(sampler =>
        {
            var rows = Propose(sampler.Name).Select(proposal =>
            {
                var unit = new double[Space.Dimensions];
                Space.Encode([proposal.Configuration], unit);
                return $"[{string.Join(", ", unit.Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}]";
            });
            return $"  \"{sampler.Name} v{sampler.Version}\": [\n    {string.Join(",\n    ", rows)}\n  ]";
        });
        return $"{{\n{string.Join(",\n", lines)}\n}}\n";
    }

    private static JsonElement Read() => JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samplers", Stored)));
}
