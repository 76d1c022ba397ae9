using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Attune.Numerics;

/// <summary>
/// The inner loops of <see cref="CholeskyFactor"/> on panels: eight rows stored column by column, so that the eight numbers of a column are
/// neighbours.
/// </summary>
/// <remarks>
/// Every element is updated by one chain of fused multiply-adds in the order of k, whatever the width of the vectors and the size of the
/// blocks. That is why a factor has the same bits on every machine that has such an instruction, and however it was built.
/// </remarks>
internal static class PanelKernel
{
    /// <summary>The rows of a panel.</summary>
    internal const int Height = 8;

    /// <summary>The numbers in a tile: eight rows by eight columns.</summary>
    internal const int Tile = Height * Height;

    /// <summary>C₀ -= A₀Bᵀ and C₁ -= A₁Bᵀ for two tiles of eight columns.</summary>
    /// <param name="a0">The first panel of the rows, at its first column to take part.</param>
    /// <param name="a1">The second panel of the rows, likewise.</param>
    /// <param name="b">The panel of the columns, likewise.</param>
    /// <param name="c0">The tile of the first panel.</param>
    /// <param name="c1">The tile of the second panel.</param>
    /// <param name="depth">The number of columns that take part.</param>
    internal static void Update(ref double a0, ref double a1, ref double b, ref double c0, ref double c1, int depth)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Update512(ref a0, ref a1, ref b, ref c0, ref c1, depth);
            return;
        }

        Update256(ref a0, ref b, ref c0, depth);
        Update256(ref a1, ref b, ref c1, depth);
    }

    /// <summary>C -= ABᵀ for one tile of eight columns.</summary>
    /// <param name="a">The panel of the rows, at its first column to take part.</param>
    /// <param name="b">The panel of the columns, likewise.</param>
    /// <param name="c">The tile.</param>
    /// <param name="depth">The number of columns that take part.</param>
    internal static void Update(ref double a, ref double b, ref double c, int depth)
    {
        if (Vector512.IsHardwareAccelerated)
            Update512(ref a, ref b, ref c, depth);
        else
            Update256(ref a, ref b, ref c, depth);
    }

    internal static void Update512(ref double a0, ref double a1, ref double b, ref double c0, ref double c1, int depth)
    {
        Vector512<double> x0 = Column(ref c0, 0), x1 = Column(ref c0, 1), x2 = Column(ref c0, 2), x3 = Column(ref c0, 3);
        Vector512<double> x4 = Column(ref c0, 4), x5 = Column(ref c0, 5), x6 = Column(ref c0, 6), x7 = Column(ref c0, 7);
        Vector512<double> y0 = Column(ref c1, 0), y1 = Column(ref c1, 1), y2 = Column(ref c1, 2), y3 = Column(ref c1, 3);
        Vector512<double> y4 = Column(ref c1, 4), y5 = Column(ref c1, 5), y6 = Column(ref c1, 6), y7 = Column(ref c1, 7);
        for (int k = 0; k < depth; k++)
        {
            Vector512<double> p = -Column(ref a0, k), q = -Column(ref a1, k);
            ref double row = ref Unsafe.Add(ref b, k * Height);
            Vector512<double> f = Vector512.Create(row);
            x0 = Vector512.FusedMultiplyAdd(p, f, x0);
            y0 = Vector512.FusedMultiplyAdd(q, f, y0);
            f = Vector512.Create(Unsafe.Add(ref row, 1));
            x1 = Vector512.FusedMultiplyAdd(p, f, x1);
            y1 = Vector512.FusedMultiplyAdd(q, f, y1);
            f = Vector512.Create(Unsafe.Add(ref row, 2));
            x2 = Vector512.FusedMultiplyAdd(p, f, x2);
            y2 = Vector512.FusedMultiplyAdd(q, f, y2);
            f = Vector512.Create(Unsafe.Add(ref row, 3));
            x3 = Vector512.FusedMultiplyAdd(p, f, x3);
            y3 = Vector512.FusedMultiplyAdd(q, f, y3);
            f = Vector512.Create(Unsafe.Add(ref row, 4));
            x4 = Vector512.FusedMultiplyAdd(p, f, x4);
            y4 = Vector512.FusedMultiplyAdd(q, f, y4);
            f = Vector512.Create(Unsafe.Add(ref row, 5));
            x5 = Vector512.FusedMultiplyAdd(p, f, x5);
            y5 = Vector512.FusedMultiplyAdd(q, f, y5);
            f = Vector512.Create(Unsafe.Add(ref row, 6));
            x6 = Vector512.FusedMultiplyAdd(p, f, x6);
            y6 = Vector512.FusedMultiplyAdd(q, f, y6);
            f = Vector512.Create(Unsafe.Add(ref row, 7));
            x7 = Vector512.FusedMultiplyAdd(p, f, x7);
            y7 = Vector512.FusedMultiplyAdd(q, f, y7);
        }

        Store(ref c0, x0, x1, x2, x3, x4, x5, x6, x7);
        Store(ref c1, y0, y1, y2, y3, y4, y5, y6, y7);
    }

    internal static void Update512(ref double a, ref double b, ref double c, int depth)
    {
        Vector512<double> x0 = Column(ref c, 0), x1 = Column(ref c, 1), x2 = Column(ref c, 2), x3 = Column(ref c, 3);
        Vector512<double> x4 = Column(ref c, 4), x5 = Column(ref c, 5), x6 = Column(ref c, 6), x7 = Column(ref c, 7);
        for (int k = 0; k < depth; k++)
        {
            Vector512<double> p = -Column(ref a, k);
            ref double row = ref Unsafe.Add(ref b, k * Height);
            x0 = Vector512.FusedMultiplyAdd(p, Vector512.Create(row), x0);
            x1 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 1)), x1);
            x2 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 2)), x2);
            x3 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 3)), x3);
            x4 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 4)), x4);
            x5 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 5)), x5);
            x6 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 6)), x6);
            x7 = Vector512.FusedMultiplyAdd(p, Vector512.Create(Unsafe.Add(ref row, 7)), x7);
        }

        Store(ref c, x0, x1, x2, x3, x4, x5, x6, x7);
    }

    // Half the columns at a time: eight sums, two rows' halves and a factor stay within sixteen registers.
    internal static void Update256(ref double a, ref double b, ref double c, int depth)
    {
        for (int half = 0; half < Height; half += 4)
        {
            ref double target = ref Unsafe.Add(ref c, half * Height);
            Vector256<double> x0 = Vector256.LoadUnsafe(ref target, 0), y0 = Vector256.LoadUnsafe(ref target, 4);
            Vector256<double> x1 = Vector256.LoadUnsafe(ref target, 8), y1 = Vector256.LoadUnsafe(ref target, 12);
            Vector256<double> x2 = Vector256.LoadUnsafe(ref target, 16), y2 = Vector256.LoadUnsafe(ref target, 20);
            Vector256<double> x3 = Vector256.LoadUnsafe(ref target, 24), y3 = Vector256.LoadUnsafe(ref target, 28);
            for (int k = 0; k < depth; k++)
            {
                Vector256<double> p = -Vector256.LoadUnsafe(ref a, (nuint)(k * Height));
                Vector256<double> q = -Vector256.LoadUnsafe(ref a, (nuint)(k * Height + 4));
                ref double row = ref Unsafe.Add(ref b, k * Height + half);
                Vector256<double> f = Vector256.Create(row);
                x0 = Vector256.FusedMultiplyAdd(p, f, x0);
                y0 = Vector256.FusedMultiplyAdd(q, f, y0);
                f = Vector256.Create(Unsafe.Add(ref row, 1));
                x1 = Vector256.FusedMultiplyAdd(p, f, x1);
                y1 = Vector256.FusedMultiplyAdd(q, f, y1);
                f = Vector256.Create(Unsafe.Add(ref row, 2));
                x2 = Vector256.FusedMultiplyAdd(p, f, x2);
                y2 = Vector256.FusedMultiplyAdd(q, f, y2);
                f = Vector256.Create(Unsafe.Add(ref row, 3));
                x3 = Vector256.FusedMultiplyAdd(p, f, x3);
                y3 = Vector256.FusedMultiplyAdd(q, f, y3);
            }

            x0.StoreUnsafe(ref target, 0);
            y0.StoreUnsafe(ref target, 4);
            x1.StoreUnsafe(ref target, 8);
            y1.StoreUnsafe(ref target, 12);
            x2.StoreUnsafe(ref target, 16);
            y2.StoreUnsafe(ref target, 20);
            x3.StoreUnsafe(ref target, 24);
            y3.StoreUnsafe(ref target, 28);
        }
    }

    /// <summary>C ← C·L⁻ᵀ for a tile C and a lower triangular tile L.</summary>
    /// <param name="c">The tile.</param>
    /// <param name="diagonal">The triangular tile.</param>
    internal static void SolveTile(ref double c, ref double diagonal)
    {
        for (int j = 0; j < Height; j++)
        {
            Vector512<double> column = Column(ref c, j);
            for (int k = 0; k < j; k++)
            {
                Vector512<double> factor = Vector512.Create(Unsafe.Add(ref diagonal, k * Height + j));
                column = Vector512.FusedMultiplyAdd(-Column(ref c, k), factor, column);
            }

            column /= Vector512.Create(Unsafe.Add(ref diagonal, j * Height + j));
            column.StoreUnsafe(ref c, (nuint)(j * Height));
        }
    }

    /// <summary>The eight numbers of column <paramref name="k"/> of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Column(ref double panel, int k) => Vector512.LoadUnsafe(ref panel, (nuint)(k * Height));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ref double c, Vector512<double> x0, Vector512<double> x1, Vector512<double> x2, Vector512<double> x3,
        Vector512<double> x4, Vector512<double> x5, Vector512<double> x6, Vector512<double> x7)
    {
        x0.StoreUnsafe(ref c, 0);
        x1.StoreUnsafe(ref c, 8);
        x2.StoreUnsafe(ref c, 16);
        x3.StoreUnsafe(ref c, 24);
        x4.StoreUnsafe(ref c, 32);
        x5.StoreUnsafe(ref c, 40);
        x6.StoreUnsafe(ref c, 48);
        x7.StoreUnsafe(ref c, 56);
    }
}
