using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attune.Numerics;

/// <content>Triangular solves and products.</content>
public sealed partial class CholeskyFactor
{
    // Panels whose sums run side by side: as many as hide the latency of a multiply-add.
    private const int SolvePanels = 4;

    /// <summary>Solves Lx = b.</summary>
    /// <param name="vector">On entry b, on return x: <see cref="Order"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> has another length.</exception>
    public void SolveLower(Span<double> vector)
    {
        CheckLength(vector.Length, Order, nameof(vector));
        int whole = Order / Height;
        ref double x = ref MemoryMarshal.GetReference(vector);
        for (int first = 0; first < whole; first += SolvePanels)
        {
            int end = Math.Min(first + SolvePanels, whole);
            if (end - first == SolvePanels)
                SubtractFour(first, ref x);
            else
                for (int p = first; p < end; p++)
                    SubtractOne(p, 0, first * Height, ref x);

            for (int p = first; p < end; p++)
            {
                SubtractOne(p, first * Height, p * Height, ref x);
                SolveDiagonal(p, vector.Slice(p * Height, Height));
            }
        }

        if (whole * Height < Order)
        {
            Span<double> last = stackalloc double[Height];
            last.Clear();
            vector[(whole * Height)..].CopyTo(last);
            Vector512<double> sum = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(last));
            Subtract(whole, 0, whole * Height, ref x, sum).StoreUnsafe(ref MemoryMarshal.GetReference(last));
            Span<double> used = last[..(Order - whole * Height)];
            SolveDiagonal(whole, used);
            used.CopyTo(vector[(whole * Height)..]);
        }
    }

    /// <summary>Solves Lᵀx = b.</summary>
    /// <param name="vector">On entry b, on return x: <see cref="Order"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> has another length.</exception>
    public void SolveUpper(Span<double> vector)
    {
        CheckLength(vector.Length, Order, nameof(vector));
        int panels = (Order + Height - 1) / Height;
        Span<double> sums = stackalloc double[Height];
        for (int j = panels - 1; j >= 0; j--)
        {
            sums.Clear();
            SumBelow(j, panels, vector, sums);
            int rows = Math.Min(Height, Order - j * Height);
            Span<double> x = vector.Slice(j * Height, rows);
            ref double tile = ref At(j, j * Height);
            for (int k = rows - 1; k >= 0; k--)
            {
                double value = x[k] - sums[k];
                for (int i = k + 1; i < rows; i++)
                    value = Math.FusedMultiplyAdd(-Unsafe.Add(ref tile, k * Height + i), x[i], value);
                x[k] = value / Unsafe.Add(ref tile, k * Height + k);
            }
        }
    }

    /// <summary>Solves Ax = b.</summary>
    /// <param name="vector">On entry b, on return x: <see cref="Order"/> numbers.</param>
    /// <exception cref="ArgumentException"><paramref name="vector"/> has another length.</exception>
    public void Solve(Span<double> vector)
    {
        SolveLower(vector);
        SolveUpper(vector);
    }

    /// <summary>Solves Lx = b for many right-hand sides at once, each with the bits that <see cref="SolveLower"/> gives, at several times
    /// its speed.</summary>
    /// <param name="rows">On entry the right-hand sides, on return the solutions, row-major: <paramref name="count"/> rows of
    /// <see cref="Order"/> numbers.</param>
    /// <param name="count">The number of right-hand sides, at least 0.</param>
    /// <exception cref="ArgumentException"><paramref name="rows"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public void SolveLowerRows(Span<double> rows, int count)
    {
        if (count < 0)
            throw new ArgumentOutOfRangeException(nameof(count), count, "The number of right-hand sides must be at least 0.");
        CheckLength(rows.Length, (long)count * Order, nameof(rows));
        int panels = (Order + Height - 1) / Height;
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * panels * PanelKernel.Tile + 1);
        int size = panels * PanelKernel.Tile;
        Span<double> upper = buffer.AsSpan(0, size), lower = buffer.AsSpan(size, size);
        for (int row = 0; row < count; row += 2 * Height)
        {
            int first = Math.Min(Height, count - row), second = Math.Clamp(count - row - Height, 0, Height);
            Pack(rows.Slice(row * Order, first * Order), first, upper);
            Pack(rows.Slice((row + first) * Order, second * Order), second, lower);
            ref double a0 = ref MemoryMarshal.GetReference(upper);
            ref double a1 = ref MemoryMarshal.GetReference(lower);
            for (int j = 0; j < panels; j++)
            {
                ref double c0 = ref Unsafe.Add(ref a0, j * PanelKernel.Tile);
                ref double c1 = ref Unsafe.Add(ref a1, j * PanelKernel.Tile);
                PanelKernel.Update(ref a0, ref a1, ref At(j, 0), ref c0, ref c1, j * Height);
                PanelKernel.SolveTile(ref c0, ref At(j, j * Height));
                PanelKernel.SolveTile(ref c1, ref At(j, j * Height));
            }

            Unpack(upper, rows.Slice(row * Order, first * Order), first);
            Unpack(lower, rows.Slice((row + first) * Order, second * Order), second);
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    /// <summary>Computes Lz; with z standard normal, the product has covariance A.</summary>
    /// <param name="vector">z, <see cref="Order"/> numbers.</param>
    /// <param name="product">Receives Lz, <see cref="Order"/> numbers; must not overlap <paramref name="vector"/>.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void MultiplyLower(ReadOnlySpan<double> vector, Span<double> product)
    {
        CheckLength(vector.Length, Order, nameof(vector));
        CheckLength(product.Length, Order, nameof(product));
        Span<double> lanes = stackalloc double[Height];
        for (int p = 0; p * Height < Order; p++)
        {
            int end = Math.Min((p + 1) * Height, Order);
            Vector512<double> sum = Vector512<double>.Zero;
            ref double panel = ref At(p, 0);
            for (int k = 0; k < end; k++)
                sum = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref panel, k), Vector512.Create(vector[k]), sum);
            sum.CopyTo(lanes);
            lanes[..(end - p * Height)].CopyTo(product[(p * Height)..]);
        }
    }

    // x_p -= L[p, from..to) x for a panel of rows p, one chain a row in the order of k.
    private void SubtractOne(int p, int from, int to, ref double x)
    {
        Vector512<double> sum = Vector512.LoadUnsafe(ref x, (nuint)(p * Height));
        Subtract(p, from, to, ref x, sum).StoreUnsafe(ref x, (nuint)(p * Height));
    }

    private Vector512<double> Subtract(int p, int from, int to, ref double x, Vector512<double> sum)
    {
        ref double panel = ref At(p, 0);
        for (int k = from; k < to; k++)
            sum = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref panel, k), Vector512.Create(-Unsafe.Add(ref x, k)), sum);
        return sum;
    }

    private void SubtractFour(int first, ref double x)
    {
        ref double p0 = ref At(first, 0);
        ref double p1 = ref At(first + 1, 0);
        ref double p2 = ref At(first + 2, 0);
        ref double p3 = ref At(first + 3, 0);
        ref double target = ref Unsafe.Add(ref x, first * Height);
        Vector512<double> s0 = PanelKernel.Column(ref target, 0), s1 = PanelKernel.Column(ref target, 1);
        Vector512<double> s2 = PanelKernel.Column(ref target, 2), s3 = PanelKernel.Column(ref target, 3);
        for (int k = 0; k < first * Height; k++)
        {
            Vector512<double> factor = Vector512.Create(-Unsafe.Add(ref x, k));
            s0 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref p0, k), factor, s0);
            s1 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref p1, k), factor, s1);
            s2 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref p2, k), factor, s2);
            s3 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref p3, k), factor, s3);
        }

        s0.StoreUnsafe(ref target, 0);
        s1.StoreUnsafe(ref target, Height);
        s2.StoreUnsafe(ref target, 2 * Height);
        s3.StoreUnsafe(ref target, 3 * Height);
    }

    private void SolveDiagonal(int p, Span<double> x)
    {
        ref double tile = ref At(p, p * Height);
        for (int j = 0; j < x.Length; j++)
        {
            double value = x[j];
            for (int k = 0; k < j; k++)
                value = Math.FusedMultiplyAdd(-x[k], Unsafe.Add(ref tile, k * Height + j), value);
            x[j] = value / Unsafe.Add(ref tile, j * Height + j);
        }
    }

    // sums[k] = Σ L[i, 8j + k] x[i] over the panels below j: lane by lane down the panels, then across the lanes in a fixed order.
    private void SumBelow(int j, int panels, ReadOnlySpan<double> vector, Span<double> sums)
    {
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        Span<double> padded = stackalloc double[Height];
        for (int i = j + 1; i < panels; i++)
        {
            ReadOnlySpan<double> rows = vector.Slice(i * Height, Math.Min(Height, Order - i * Height));
            Vector512<double> x;
            if (rows.Length == Height)
            {
                x = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(rows));
            }
            else
            {
                padded.Clear();
                rows.CopyTo(padded);
                x = Vector512.LoadUnsafe(in MemoryMarshal.GetReference(padded));
            }

            ref double tile = ref At(i, j * Height);
            s0 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 0), x, s0);
            s1 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 1), x, s1);
            s2 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 2), x, s2);
            s3 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 3), x, s3);
            s4 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 4), x, s4);
            s5 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 5), x, s5);
            s6 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 6), x, s6);
            s7 = Vector512.FusedMultiplyAdd(PanelKernel.Column(ref tile, 7), x, s7);
        }

        sums[0] = Across(s0);
        sums[1] = Across(s1);
        sums[2] = Across(s2);
        sums[3] = Across(s3);
        sums[4] = Across(s4);
        sums[5] = Across(s5);
        sums[6] = Across(s6);
        sums[7] = Across(s7);

        static double Across(Vector512<double> lanes)
        {
            Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
            Vector128<double> two = four.GetLower() + four.GetUpper();
            return two[0] + two[1];
        }
    }

    private void Pack(ReadOnlySpan<double> rows, int count, Span<double> panel)
    {
        panel.Clear();
        for (int lane = 0; lane < count; lane++)
        {
            ReadOnlySpan<double> row = rows.Slice(lane * Order, Order);
            for (int k = 0; k < row.Length; k++)
                panel[k * Height + lane] = row[k];
        }
    }

    private void Unpack(ReadOnlySpan<double> panel, Span<double> rows, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            Span<double> row = rows.Slice(lane * Order, Order);
            for (int k = 0; k < row.Length; k++)
                row[k] = panel[k * Height + lane];
        }
    }
}
