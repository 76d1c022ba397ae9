namespace Attune.Problems;

/// <summary>A stored tensor: either real or whole numbers, row-major.</summary>
/// <param name="Dimensions">Its dimensions; none for a scalar.</param>
/// <param name="Singles">Its elements, when they are real.</param>
/// <param name="Integers">Its elements, when they are whole.</param>
internal sealed record OnnxTensor(int[] Dimensions, float[] Singles, long[] Integers);
