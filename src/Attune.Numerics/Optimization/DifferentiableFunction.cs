namespace Attune.Numerics;

/// <summary>A function of several variables that also gives its gradient.</summary>
/// <param name="point">Where to evaluate; always within the bounds.</param>
/// <param name="gradient">Receives the partial derivatives, one a variable; every element must be written.</param>
/// <returns>The value. NaN or infinity, in the value or the gradient, says that the function is not defined there.</returns>
public delegate double DifferentiableFunction(ReadOnlySpan<double> point, Span<double> gradient);
