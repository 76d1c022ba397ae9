using Attune.Algorithms.Samplers;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Samplers.Sequential;

public sealed class ConfigurationSetTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("rate", 1e-9, 1, Scale.Log)
        .Float("share", 0.1, 0.9, Scale.Logit)
        .Int("count", 0, 1L << 40)
        .Categorical("kind", ["tree", "net"])
        .Float("momentum", 0, 0.99, when: "kind == 'net'")
        .Build();

    [Fact]
    public void Contains_ConfigurationThatWentToTheUnitCubeAndBack_IsThere()
    {
        var (stream, set, changed) = (RandomKey.FromSeed(1).CreateStream(), new ConfigurationSet(), 0);
        var unit = new double[Space.Dimensions];
        for (var i = 0; i < 1_000; i++)
        {
            var configuration = Space.Sample(ref stream);
            set.Add(configuration);
            Space.Encode([configuration], unit);
            var back = Space.Move(configuration, 0, Space.Parameters[0].FromUnit(unit[0]))!;
            back = Space.Move(back, 1, Space.Parameters[1].FromUnit(unit[1]))!;
            Assert.True(set.Contains(back));
            set.Add(back);
            changed += back.Equals(configuration) ? 0 : 1;
        }

        Assert.Equal(1_000, set.Count);
        Assert.InRange(changed, 100, 1_000);
    }

    [Fact]
    public void Contains_ConfigurationThatDiffersByMoreThanRounding_IsNotThere()
    {
        var configuration = Configure(("rate", 1e-3), ("share", 0.5), ("count", 7L), ("kind", "net"), ("momentum", 0.5));
        var set = new ConfigurationSet();
        set.Add(configuration);
        Assert.True(set.Contains(Configure(("rate", 1e-3), ("share", 0.5), ("count", 7L), ("kind", "net"), ("momentum", 0.5))));
        Assert.False(set.Contains(Configure(("rate", 1e-3 * (1 + 1e-9)), ("share", 0.5), ("count", 7L), ("kind", "net"), ("momentum", 0.5))));
        Assert.False(set.Contains(Configure(("rate", 1e-3), ("share", 0.5), ("count", 8L), ("kind", "net"), ("momentum", 0.5))));
        Assert.False(set.Contains(Configure(("rate", 1e-3), ("share", 0.5), ("count", 7L), ("kind", "tree"))));
        Assert.False(set.Contains(Configure(("rate", 1e-3), ("share", 0.5), ("count", 7L), ("kind", "net"), ("momentum", 0.5 + 1e-9))));
    }

    [Fact]
    public void Add_ManyConfigurations_KeepsTheirOrderWithoutRepetitions()
    {
        var space = new SearchSpaceBuilder().Int("n", 0, 9).Categorical("kind", ["a", "b", "c"]).Build();
        var set = new ConfigurationSet();
        var everything = space.Enumerate().Reverse().ToArray();
        foreach (var configuration in everything.Concat(everything))
            set.Add(configuration);
        Assert.Equal(30, set.Count);
        Assert.Equal(everything, set);
    }

    private static Configuration Configure(params (string Name, ParameterValue Value)[] values) =>
        Space.Configure(values.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
