using Attune.Algorithms.Samplers;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class TrustRegionBoxTests
{
    private static readonly string[] Categories = ["a", "b", "c", "d"];

    private static readonly SearchSpace Floats = new([new FloatParameter("x", 0, 1), new FloatParameter("y", 0, 1), new FloatParameter("z", 0, 1)]);

    private static readonly SearchSpace Mixed = new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Int("n", 1, 100)
        .Ordinal("size", ["s", "m", "l", "xl"], "m")
        .Categorical("a", ["p", "q", "r"])
        .Categorical("b", ["p", "q", "r"])
        .Categorical("c", ["p", "q", "r"])
        .Categorical("d", ["p", "q", "r"])
        .Float("inner", 0, 1, when: "a == 'q'")
        .Constrain("x + n / 100 <= 1.2")
        .Build();

    [Fact]
    public void Make_LengthScales_StretchTheSidesAndKeepTheVolume()
    {
        var box = Box(Floats, [0.5, 1, 4], Floats.Default(), 0.1);

        var sides = Enumerable.Range(0, 3).Select(i => box.Upper[i] - box.Lower[i]).ToArray();
        Assert.Equal(0.001, sides.Aggregate(1.0, (product, side) => product * side), 1e-12);
        Assert.Equal(2, sides[1] / sides[0], 1e-9);
        Assert.Equal(4, sides[2] / sides[1], 1e-9);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(0.5, 0.5 * (box.Lower[i] + box.Upper[i]), 1e-12));
    }

    [Fact]
    public void Make_AdditivePart_StretchesByTheExpectedSquareOfTheSlope()
    {
        // σ²/ℓ² + τ²/(p λ²): 1/4 + 3/(3 · 1) = 1.25 for x, 1/1 + 3/(3 · 4) = 1.25 for y, 1/4 + 3/(3 · 4) = 0.5 for z.
        var map = new KernelFeatures(Floats);
        var box = new TrustRegionBox(map, new([2, 1, 2], 1, [1, 2, 2], 3, 0.01), Floats.Default(), 0.1, 0.8);

        Assert.Equal(box.Upper[0], box.Upper[1], 1e-12);
        Assert.Equal(Math.Sqrt(1.25 / 0.5), (box.Upper[2] - box.Lower[2]) / (box.Upper[0] - box.Lower[0]), 1e-9);
    }

    [Fact]
    public void Make_SmallRegion_LetsDiscreteNumbersGoOneStepAndOneCategoryDiffer()
    {
        var center = Mixed.Configure([new("x", 0.5), new("n", 40), new("size", "m"), new("a", "p"), new("b", "p"), new("c", "p"), new("d", "p")]);
        var box = Box(Mixed, [1, 1, 1, 1, 1, 1, 1, 1, 1], center, 0.001);

        Assert.Equal(1, box.Radius);
        Assert.True(box.Contains(Move(center, "n", 41)));
        Assert.True(box.Contains(Move(center, "size", "l")));
        Assert.True(box.Contains(Move(center, "c", "r")));
        Assert.True(box.Contains(Move(center, "a", "q")));
        Assert.False(box.Contains(Move(center, "n", 42)));
        Assert.False(box.Contains(Move(center, "size", "xl")));
        Assert.False(box.Contains(Move(Move(center, "c", "r"), "d", "r")));
        Assert.False(box.Contains(Move(center, "x", 0.502)));
        Assert.Equal(4, Box(Mixed, [1, 1, 1, 1, 1, 1, 1, 1, 1], center, 0.8).Radius);
    }

    [Fact]
    public void Candidates_MixedSpace_AreLegalAndWithinTheRegion()
    {
        var center = Mixed.Configure([new("x", 0.5), new("n", 40), new("size", "m"), new("a", "p"), new("b", "p"), new("c", "p"), new("d", "p")]);
        var box = Box(Mixed, [1, 1, 1, 1, 1, 1, 1, 1, 1], center, 0.3);

        var candidates = TrustRegionCandidates.Make(Mixed, box, center, 500, RandomKey.FromSeed(5));

        Assert.True(candidates.Distinct().Count() > 300);
        Assert.All(candidates, candidate => Assert.Null(Mixed.Validate(candidate)));
        Assert.All(candidates, candidate => Assert.InRange(candidate.GetDouble("x"), 0.35 - 1e-9, 0.65 + 1e-9));
        Assert.All(candidates, candidate => Assert.InRange(
            Categories.Count(name => candidate.GetText(name) != "p"), 0, 2));
        foreach (var name in Categories)
            Assert.Contains(candidates, candidate => candidate.GetText(name) == "r");
        var inner = candidates.Where(candidate => candidate.IsActive("inner")).Select(candidate => candidate.GetDouble("inner")).ToArray();
        Assert.True(inner.Max() - inner.Min() > 0.9, "what is inactive at the centre goes through its whole range");
    }

    [Fact]
    public void Candidates_HundredParameters_PerturbAboutTwentyAndAtLeastOne()
    {
        var space = new SearchSpace(Enumerable.Range(0, 100).Select(i => new FloatParameter($"x{i}", 0, 1)));
        var center = space.Default();
        var box = Box(space, [.. Enumerable.Repeat(1.0, 100)], center, 0.4);

        var counts = TrustRegionCandidates.Make(space, box, center, 1_000, RandomKey.FromSeed(6))
            .Select(candidate => Enumerable.Range(0, 100).Count(i => candidate.Numbers[i] != 0.5)).ToArray();

        // One place comes first and is always perturbed, the others with probability 0.2: 1 + 99 · 0.2 = 20.8 ± 4 / √1000.
        Assert.InRange(counts.Average(), 20.2, 21.4);
        Assert.All(counts, count => Assert.True(count >= 1));
    }

    private static TrustRegionBox Box(SearchSpace space, double[] lengths, Configuration center, double length)
    {
        var map = new KernelFeatures(space);
        return new(map, new(lengths[..map.Components.Length], 1, [], 0, 0.01), center, length, 0.8);
    }

    private static Configuration Move(Configuration from, string name, ParameterValue value)
    {
        var index = Mixed.IndexOf(name);
        return Mixed.Move(from, index, Mixed.Parameters[index].ToNumber(value));
    }
}
