using System.Runtime.Intrinsics;

namespace Attune.Numerics;

/// <content>Rows removed from anywhere.</content>
public sealed partial class CholeskyFactor
{
    /// <summary>
    /// Removes a row and column of the matrix from anywhere, in some n² operations where a fresh factorisation takes n³/3. The factor then
    /// agrees with a fresh one to rounding, no longer to the last bit; from the end <see cref="Truncate"/> keeps the bits.
    /// </summary>
    /// <param name="row">The number of the row, from 0 to <see cref="Order"/> − 1.</param>
    /// <remarks>
    /// P. E. Gill, G. H. Golub, W. Murray, M. A. Saunders, "Methods for modifying matrix factorizations", Mathematics of Computation 28,
    /// 1974: with the row out, the block below it has the factor L₃₃L₃₃ᵀ + vvᵀ, v being the column that went with it, which plane
    /// rotations turn into a triangle again. A term is added, so that nothing can fail.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is outside the matrix.</exception>
    public void RemoveRow(int row)
    {
        CheckIndex(row, nameof(row));
        Span<double> column = _row.AsSpan(0, (Order + Height - 1) / Height * Height);
        column.Clear();
        for (int i = row + 1; i < Order; i++)
        {
            column[i - 1] = Element(i, row);
            MoveUp(i, row);
        }

        Truncate(Order - 1);
        for (int j = row; j < Order; j++)
            Rotate(j, column);
    }

    /// <summary>Moves a row up by one place, without one of its elements.</summary>
    private void MoveUp(int from, int without)
    {
        double[] source = _panels[from / Height], target = _panels[(from - 1) / Height];
        int old = from % Height, lane = (from - 1) % Height;
        for (int k = 0; k < without; k++)
            target[k * Height + lane] = source[k * Height + old];
        for (int k = without; k < from; k++)
            target[k * Height + lane] = source[(k + 1) * Height + old];
    }

    /// <summary>Rotates column j of L and a column beside it, so that the latter's element in row j vanishes.</summary>
    private void Rotate(int j, Span<double> beside)
    {
        int first = j / Height, panels = (Order + Height - 1) / Height;
        Span<double> tile = _panels[first].AsSpan(j * Height, Height);
        double diagonal = tile[j % Height], radius = double.Hypot(diagonal, beside[j]);
        double cosine = diagonal / radius, sine = beside[j] / radius;
        for (int p = first; p < panels; p++)
        {
            Span<double> own = _panels[p].AsSpan(j * Height, Height), other = beside.Slice(p * Height, Height);
            Vector512<double> left = Vector512.Create<double>(own), right = Vector512.Create<double>(other);
            ((left * cosine) + (right * sine)).CopyTo(own);
            ((right * cosine) - (left * sine)).CopyTo(other);
        }

        // Above the diagonal there was nothing of L, and of the other column nothing that is still needed.
        tile[..(j % Height)].Clear();
        tile[j % Height] = radius;
    }
}
