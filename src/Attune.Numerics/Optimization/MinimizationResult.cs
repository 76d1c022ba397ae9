namespace Attune.Numerics;

/// <summary>What a minimisation found; the point itself is in the caller's span.</summary>
/// <param name="Value">The value at the final point, never above the value at the (projected) start.</param>
/// <param name="ProjectedGradientNorm">The largest component of P(x - g) - x in absolute value; 0 at a stationary point within the
/// bounds.</param>
/// <param name="Iterations">Accepted steps.</param>
/// <param name="Evaluations">Calls of the function.</param>
/// <param name="Exit">Why it ended.</param>
public readonly record struct MinimizationResult(
    double Value, double ProjectedGradientNorm, int Iterations, int Evaluations, ExitReason Exit);
