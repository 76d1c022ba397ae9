using System.Runtime.CompilerServices;

namespace Attune.Algorithms.Surrogates;

/// <summary>
/// Configurations as trees see them: a number or ordinal is its place in the unit interval, NaN when inactive; a categorical with k choices
/// is its code, k when inactive, so that being inactive is one more choice.
/// </summary>
internal sealed class ForestFeatures
{
    internal ForestFeatures(SearchSpace space)
    {
        Space = space;
        Categories = new int[space.Dimensions];
        for (var j = 0; j < Categories.Length; j++)
        {
            if (space.Parameters[j] is { Kind: ParameterKind.Categorical, Count: { } count })
                Categories[j] = (int)count + 1;
        }
    }

    internal SearchSpace Space { get; }

    internal int Dimensions => Categories.Length;

    /// <summary>For each parameter the number of choices and one more; 0 for numbers and ordinals.</summary>
    internal int[] Categories { get; }

    /// <summary>Writes the d features of every configuration, row-major.</summary>
    internal double[] Rows(EncodedConfigurations points)
    {
        if (!ReferenceEquals(points.Space, Space))
            throw new ArgumentException("The points are of another space than the forest.", nameof(points));
        var (rows, d) = (new double[points.Count * Dimensions], Dimensions);
        for (var i = 0; i < points.Count; i++)
        {
            for (var j = 0; j < d; j++)
                rows[(i * d) + j] = Feature(points, (i * d) + j, Categories[j]);
        }

        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Feature(EncodedConfigurations points, int cell, int categories)
    {
        if (categories > 0)
            return points.Active[cell] ? points.Codes[cell] : categories - 1;
        return points.Active[cell] ? points.Unit[cell] : double.NaN;
    }
}
