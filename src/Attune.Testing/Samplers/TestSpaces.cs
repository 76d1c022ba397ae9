using System.Collections.Immutable;

namespace Attune.Testing;

/// <summary>Search spaces on which samplers are tested.</summary>
public static class TestSpaces
{
    /// <summary>All of them by name.</summary>
    public static ImmutableSortedDictionary<string, SearchSpace> All { get; } = new Dictionary<string, SearchSpace>
    {
        ["plane"] = Plane(),
        ["mixed"] = Mixed(),
        ["conditional"] = Conditional(),
        ["constrained"] = Constrained(),
        ["finite"] = Finite(),
        ["priors"] = Priors(),
        ["single-point"] = SinglePoint(),
        ["wide"] = Wide(100),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Two floats.</summary>
    public static SearchSpace Plane() => new SearchSpaceBuilder().Float("x", -1, 2).Float("y", 0, 1).Build();

    /// <summary>Every kind of parameter, scales and steps.</summary>
    public static SearchSpace Mixed() => new SearchSpaceBuilder()
        .Float("linear", -3, 7)
        .Float("log", 1e-6, 10, Scale.Log)
        .Float("share", 0.01, 0.99, Scale.Logit)
        .Float("stepped", 0, 1, step: 0.1)
        .Int("count", 1, 1000, Scale.Log)
        .Int("even", 2, 64, step: 2)
        .Categorical("kind", ["a", "b", "c"])
        .Ordinal("size", [1, 2, 5, 10])
        .Boolean("flag")
        .Build();

    /// <summary>Conditions on conditions.</summary>
    public static SearchSpace Conditional() => new SearchSpaceBuilder()
        .Categorical("model", ["forest", "network", "linear"])
        .Int("trees", 10, 500, Scale.Log, when: "model == 'forest'")
        .Int("layers", 1, 3, when: "model == 'network'")
        .Int("width1", 8, 256, Scale.Log, when: "layers >= 1")
        .Int("width2", 8, 256, Scale.Log, when: "layers >= 2")
        .Float("momentum", 0, 0.99, when: "layers == 3")
        .Float("rate", 1e-5, 1, Scale.Log, when: "model in ['network', 'linear']")
        .Build();

    /// <summary>A forbidden combination, an expression and code.</summary>
    public static SearchSpace Constrained() => new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Float("y", 0, 1)
        .Int("n", 1, 8)
        .Categorical("kind", ["a", "b"])
        .Forbid("kind == 'a' and n > 4")
        .Constrain("x + y <= 1")
        .Constrain(InputConstraint.Of("ring", 1, configuration =>
            Math.Pow(configuration.GetDouble("x") - 0.3, 2) + Math.Pow(configuration.GetDouble("y") - 0.3, 2) > 0.01))
        .Build();

    /// <summary>Twenty-one legal configurations.</summary>
    public static SearchSpace Finite() => new SearchSpaceBuilder()
        .Int("n", 1, 4)
        .Categorical("kind", ["a", "b", "c"])
        .Boolean("flag")
        .Forbid("kind == 'c' and n == 4")
        .Forbid("kind == 'c' and n == 3 and flag")
        .Build();

    /// <summary>Priors on every kind of parameter that takes one.</summary>
    public static SearchSpace Priors() => new SearchSpaceBuilder()
        .Float("x", 0, 1, prior: new NormalPrior(0.2, 0.1))
        .Int("n", 1, 1000, Scale.Log, prior: new NormalPrior(30, 0.2))
        .Categorical("kind", ["a", "b", "c"], prior: new WeightPrior([0, 1, 3]))
        .Build();

    /// <summary>One configuration.</summary>
    public static SearchSpace SinglePoint() =>
        new SearchSpaceBuilder().Int("n", 3, 3).Float("x", 0.5, 0.5).Categorical("kind", ["only"]).Build();

    /// <summary>Many floats.</summary>
    /// <param name="dimensions">How many.</param>
    public static SearchSpace Wide(int dimensions)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < dimensions; i++)
            builder.Float($"x{i}", 0, 1);
        return builder.Build();
    }
}
