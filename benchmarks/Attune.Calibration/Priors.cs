namespace Attune.Calibration;

/// <summary>The priors from which functions are drawn.</summary>
internal static class Priors
{
    internal static IReadOnlyList<IPrior> All { get; } =
    [
        new SmoothPrior("smooth2", Floats(2), 0.4),
        new SmoothPrior("smooth4", Floats(4), 0.8),
        new SmoothPrior("mixed", Mixed(), 0.8),
        new StepPrior("steps2", Floats(2), 4),
        new StepPrior("steps-mixed", Mixed(), 4),
    ];

    private static SearchSpace Floats(int dimensions)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < dimensions; i++)
            builder.Float($"x{i}", 0, 1);
        return builder.Build();
    }

    private static SearchSpace Mixed() => new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Float("rate", 1e-4, 1, Scale.Log)
        .Int("depth", 1, 10)
        .Categorical("kind", ["a", "b", "c"])
        .Float("momentum", 0, 1, when: "kind == 'b'")
        .Build();
}
