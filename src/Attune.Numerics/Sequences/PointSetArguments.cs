namespace Attune.Numerics;

/// <summary>The checks that all point sets share.</summary>
internal static class PointSetArguments
{
    /// <summary>The largest double below one.</summary>
    internal const double LargestBelowOne = 1 - 1.0 / (1L << 53);

    internal static void Check(IPointSet set, long index, Span<double> point)
    {
        if ((ulong)index >= (ulong)set.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, FormattableString.Invariant($"The index of a point must be from 0 to {set.Count - 1}."));
        }

        if (point.Length != set.Dimensions)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The span for a point has {point.Length} elements; it must have {set.Dimensions}, one a dimension."),
                nameof(point));
        }
    }

    internal static void CheckDimensions(int dimensions, int largest)
    {
        if (dimensions < 1 || dimensions > largest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimensions), dimensions, FormattableString.Invariant($"The number of dimensions must be from 1 to {largest}."));
        }
    }
}
