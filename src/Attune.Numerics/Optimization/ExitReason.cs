namespace Attune.Numerics;

/// <summary>Why a minimisation ended.</summary>
public enum ExitReason
{
    /// <summary>No component of the projected gradient exceeds the tolerance: a stationary point within the bounds.</summary>
    GradientTolerance,

    /// <summary>The last iteration lowered the value by no more than the tolerance.</summary>
    ValueTolerance,

    /// <summary>The largest number of iterations was reached.</summary>
    MaxIterations,

    /// <summary>The largest number of evaluations was reached.</summary>
    MaxEvaluations,

    /// <summary>Not even along the steepest descent could a lower value be found: the gradient is wrong, or rounding hides any
    /// gain.</summary>
    LineSearchFailed,

    /// <summary>The value or gradient at the start is not finite, so there is nowhere to go from.</summary>
    NonFiniteStart,
}
