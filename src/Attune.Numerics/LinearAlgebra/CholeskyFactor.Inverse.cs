using System.Buffers;
using System.Runtime.InteropServices;

namespace Attune.Numerics;

/// <content>The inverse matrix, for gradients of determinants.</content>
public sealed partial class CholeskyFactor
{
    /// <summary>
    /// Computes A⁻¹ = L⁻ᵀL⁻¹, by about twice the operations of the factorisation. To solve equations use <see cref="Solve"/>: it is faster
    /// and more accurate.
    /// </summary>
    /// <param name="inverse">Receives A⁻¹, row-major, <see cref="Order"/>² numbers, symmetric to the last bit.</param>
    /// <exception cref="ArgumentException"><paramref name="inverse"/> has another length.</exception>
    public void Invert(Span<double> inverse)
    {
        CheckLength(inverse.Length, (long)Order * Order, nameof(inverse));
        int panels = (Order + Height - 1) / Height, stride = panels * PanelKernel.Tile;
        double[] buffer = ArrayPool<double>.Shared.Rent(Math.Max(1, (panels + 1) * stride));
        Span<double> columns = buffer.AsSpan(0, (panels + 1) * stride);
        columns.Clear();
        for (int p = 0; p < panels; p += 2)
            SolveUnitVectors(columns, stride, p, panels);
        for (int p = 0; p < panels; p += 2)
            MultiplyColumns(columns, stride, p, panels, inverse);
        ArrayPool<double>.Shared.Return(buffer);
    }

    // Columns 8p to 8p + 15 of L⁻¹, as the lanes of two panels. One panel more than the matrix has keeps the last pair whole.
    private void SolveUnitVectors(Span<double> columns, int stride, int p, int panels)
    {
        for (int i = p * Height; i < Math.Min((p + 2) * Height, Order); i++)
            columns[i / Height * stride + i * Height + i % Height] = 1;

        Span<double> first = columns.Slice(p * stride, stride), second = columns.Slice((p + 1) * stride, stride);
        int start = p * PanelKernel.Tile;
        for (int j = p; j < panels; j++)
        {
            ref double c0 = ref first[j * PanelKernel.Tile];
            ref double c1 = ref second[j * PanelKernel.Tile];
            PanelKernel.Update(ref first[start], ref second[start], ref At(j, p * Height), ref c0, ref c1, (j - p) * Height);
            PanelKernel.SolveTile(ref c0, ref At(j, j * Height));
            PanelKernel.SolveTile(ref c1, ref At(j, j * Height));
        }
    }

    // Rows 8p to 8p + 15 of the inverse up to the diagonal, and their mirror image. Columns of L⁻¹ are zero above their own number.
    private void MultiplyColumns(ReadOnlySpan<double> columns, int stride, int p, int panels, Span<double> inverse)
    {
        Span<double> tiles = stackalloc double[2 * PanelKernel.Tile];
        int start = p * PanelKernel.Tile, depth = Order - p * Height;
        ref double first = ref MemoryMarshal.GetReference(columns[(p * stride + start)..]);
        ref double second = ref MemoryMarshal.GetReference(columns[((p + 1) * stride + start)..]);
        for (int q = 0; q < Math.Min(p + 2, panels); q++)
        {
            tiles.Clear();
            ref double other = ref MemoryMarshal.GetReference(columns[(q * stride + start)..]);
            PanelKernel.Update(ref first, ref second, ref other, ref tiles[0], ref tiles[PanelKernel.Tile], depth);
            for (int i = p * Height; i < Math.Min((p + 2) * Height, Order); i++)
            {
                for (int j = q * Height; j < Math.Min((q + 1) * Height, Order); j++)
                {
                    double element = -tiles[(i / Height - p) * PanelKernel.Tile + j % Height * Height + i % Height];
                    inverse[i * Order + j] = element;
                    inverse[j * Order + i] = element;
                }
            }
        }
    }
}
