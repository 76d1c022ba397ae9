using System.Runtime.InteropServices;

namespace Attune.Algorithms.Surrogates;

/// <summary>Points column by column, each column with room to spare, so that eight neighbours may be read from anywhere in it.</summary>
internal sealed class FeatureColumns
{
    /// <summary>How many neighbours are worked on together.</summary>
    internal const int Lanes = 8;

    private double[] _values;

    /// <summary>Takes points.</summary>
    /// <param name="columns">The number of features of a point.</param>
    /// <param name="features">Rows of features, row-major.</param>
    internal FeatureColumns(int columns, ReadOnlySpan<double> features)
    {
        (Columns, Count) = (columns, features.Length / columns);
        Stride = Padded(Count);
        _values = new double[columns * Stride];
        for (var i = 0; i < Count; i++)
        {
            for (var c = 0; c < columns; c++)
                _values[(c * Stride) + i] = features[(i * columns) + c];
        }
    }

    /// <summary>The number of features of a point.</summary>
    internal int Columns { get; }

    /// <summary>The number of points.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of places that each column has, a multiple of <see cref="Lanes"/>.</summary>
    internal int Stride { get; private set; }

    /// <summary>The least multiple of <see cref="Lanes"/> that is not smaller.</summary>
    internal static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>Takes one more point.</summary>
    internal void Append(ReadOnlySpan<double> features)
    {
        if (Count == Stride)
        {
            var (values, stride) = (_values, Stride);
            Stride = 2 * Math.Max(stride, Lanes);
            _values = new double[Columns * Stride];
            for (var c = 0; c < Columns; c++)
                values.AsSpan(c * stride, Count).CopyTo(_values.AsSpan(c * Stride));
        }

        for (var c = 0; c < Columns; c++)
            _values[(c * Stride) + Count] = features[c];
        Count++;
    }

    /// <summary>The features of one of the points.</summary>
    internal void CopyPoint(int index, Span<double> features)
    {
        for (var c = 0; c < Columns; c++)
            features[c] = _values[(c * Stride) + index];
    }

    /// <summary>The first number of a column, of which there are <see cref="Stride"/>, with zeros after the last point's.</summary>
    internal ref double Column(int column) => ref MemoryMarshal.GetReference(_values.AsSpan(column * Stride, Stride));
}
