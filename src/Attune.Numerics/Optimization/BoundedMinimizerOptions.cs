namespace Attune.Numerics;

/// <summary>How <see cref="BoundedMinimizer"/> works and when it ends.</summary>
public sealed record BoundedMinimizerOptions
{
    /// <summary>The number of steps that the model of curvature remembers. Default 10; from 1 to 100.</summary>
    public int Memory { get; init; } = 10;

    /// <summary>The largest number of iterations. Default 1000; at least 0.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>The largest number of evaluations. Default 2000; at least 1.</summary>
    public int MaxEvaluations { get; init; } = 2000;

    /// <summary>Ends when no component of the projected gradient exceeds this. Default 1e-5; at least 0.</summary>
    public double GradientTolerance { get; init; } = 1e-5;

    /// <summary>Ends when an iteration lowers the value f by at most this times max(|f before|, |f after|, 1). Default 2.2e-9; at least
    /// 0.</summary>
    public double ValueTolerance { get; init; } = 2.2e-9;

    internal void Check()
    {
        if (Memory is < 1 or > 100)
            throw new ArgumentOutOfRangeException(nameof(Memory), Memory, "The memory must be from 1 to 100 steps.");
        if (MaxIterations < 0)
            throw new ArgumentOutOfRangeException(nameof(MaxIterations), MaxIterations, "The number of iterations must be at least 0.");
        if (MaxEvaluations < 1)
            throw new ArgumentOutOfRangeException(nameof(MaxEvaluations), MaxEvaluations, "The number of evaluations must be at least 1.");
        if (!(GradientTolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(GradientTolerance), GradientTolerance, "The tolerance must be at least 0.");
        if (!(ValueTolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(ValueTolerance), ValueTolerance, "The tolerance must be at least 0.");
    }
}
