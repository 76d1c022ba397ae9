using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Attune.Numerics;

/// <summary>
/// The Cholesky factor L of a symmetric positive definite matrix A = LLᵀ, with L lower triangular, which grows by appended rows and shrinks
/// from the end without moving what is there.
/// </summary>
/// <remarks>
/// <para>Each element is L[i,j] = (A[i,j] - Σ L[i,k]·L[j,k]) / L[j,j], its sum one chain of fused multiply-adds in the order k = 0, 1, …, j
/// - 1, and L[i,i] is the square root of what is left of A[i,i]. Blocks and vectors only choose which elements are worked on together, so a
/// factor depends on nothing but the matrix and the jitter: rows appended one by one give the bits of the whole factorisation, truncating
/// gives the bits of the smaller matrix, and vectors of any width agree.</para>
/// <para>Storage is n²/2 numbers in panels of eight rows, each panel an array of its own. An instance may be read by several threads at
/// once through the solves; changing it is for one thread alone.</para>
/// </remarks>
public sealed partial class CholeskyFactor
{
    private const int Height = PanelKernel.Height;

    // Columns that are finished together before the rest of the matrix is updated by them: their slices of two panels fit the first cache.
    private const int BlockPanels = 16;

    private double[][] _panels = [];
    private double[] _row = [];
    private int _allocated;

    /// <summary>The order n of the matrix; 0 for a new instance.</summary>
    public int Order { get; private set; }

    /// <summary>What was added to each diagonal element at factorisation, and is added to those of appended rows. Default 0.</summary>
    public double Jitter { get; private set; }

    /// <summary>log det A = 2 Σ log L[i,i]; 0 for order 0.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Order; i++)
                sum += Math.Log(Element(i, i));
            return 2 * sum;
        }
    }

    /// <summary>An element of L.</summary>
    /// <param name="row">From 0 to <see cref="Order"/> - 1.</param>
    /// <param name="column">From 0 to <see cref="Order"/> - 1; above the diagonal the element is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the matrix.</exception>
    public double this[int row, int column]
    {
        get
        {
            CheckIndex(row, nameof(row));
            CheckIndex(column, nameof(column));
            return column > row ? 0 : Element(row, column);
        }
    }

    /// <summary>Factorises a matrix, in place of what the instance held.</summary>
    /// <param name="matrix">A, row-major, <paramref name="order"/>² numbers; only the lower triangle is read.</param>
    /// <param name="order">The order of the matrix, at least 0.</param>
    /// <param name="failingPivot">The row whose pivot is not a positive number, or -1.</param>
    /// <param name="jitter">What to add to each diagonal element, at least 0. Default 0.</param>
    /// <returns>Whether the matrix is positive definite to working accuracy; if not, the instance is left with order and jitter
    /// 0.</returns>
    /// <exception cref="ArgumentException"><paramref name="matrix"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> or <paramref name="jitter"/> is negative or not
    /// finite.</exception>
    public bool TryFactorize(ReadOnlySpan<double> matrix, int order, out int failingPivot, double jitter = 0)
    {
        if (order < 0)
            throw new ArgumentOutOfRangeException(nameof(order), order, "The order of a matrix must be at least 0.");
        if (!(jitter >= 0 && double.IsFinite(jitter)))
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "The jitter must be finite and at least 0.");
        if (matrix.Length != (long)order * order)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The span has {matrix.Length} elements; a matrix of order {order} has {(long)order * order}."),
                nameof(matrix));
        }

        Order = 0;
        Jitter = jitter;
        Reserve(order);
        Load(matrix, order);
        failingPivot = FactorizePanels(order);
        bool succeeded = failingPivot < 0;
        Order = succeeded ? order : 0;
        Jitter = succeeded ? jitter : 0;
        return succeeded;
    }

    /// <summary>Factorises a matrix, in place of what the instance held.</summary>
    /// <param name="matrix">A, row-major, <paramref name="order"/>² numbers; only the lower triangle is read.</param>
    /// <param name="order">The order of the matrix, at least 0.</param>
    /// <param name="jitter">What to add to each diagonal element, at least 0. Default 0.</param>
    /// <exception cref="NotPositiveDefiniteException">The matrix is not positive definite; the instance is left with order and jitter
    /// 0.</exception>
    public void Factorize(ReadOnlySpan<double> matrix, int order, double jitter = 0)
    {
        if (!TryFactorize(matrix, order, out int failingPivot, jitter))
            throw new NotPositiveDefiniteException(failingPivot, order, jitter);
    }

    /// <summary>Factorises a matrix, adding to its diagonal as little as a policy's steps allow; see <see cref="Jitter"/> for how
    /// much.</summary>
    /// <param name="matrix">A, row-major, <paramref name="order"/>² numbers; only the lower triangle is read.</param>
    /// <param name="order">The order of the matrix, at least 0.</param>
    /// <param name="policy">The amounts to try.</param>
    /// <exception cref="NotPositiveDefiniteException">Even the largest amount does not help; the instance is left with order and jitter
    /// 0.</exception>
    public void Factorize(ReadOnlySpan<double> matrix, int order, JitterPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.Check();
        if (TryFactorize(matrix, order, out int failingPivot))
            return;

        double mean = 0;
        for (int i = 0; i < order; i++)
            mean += matrix[i * order + i] / order;
        double scale = double.IsFinite(mean) && mean > 0 ? mean : 1;
        double largest = 0;
        for (double relative = policy.First; relative <= policy.Largest * (1 + 1e-9); relative *= policy.Growth)
        {
            largest = relative * scale;
            if (TryFactorize(matrix, order, out failingPivot, largest))
                return;
        }

        throw new NotPositiveDefiniteException(failingPivot, order, largest);
    }

    /// <summary>Appends a row and column to the matrix. Costs n² operations; memory grows as it is needed and is never copied.</summary>
    /// <param name="row">The new row of A: its <see cref="Order"/> elements before the diagonal and the diagonal element.</param>
    /// <returns>Whether the larger matrix is positive definite; if not, nothing has changed.</returns>
    /// <exception cref="ArgumentException"><paramref name="row"/> has another length.</exception>
    public bool TryAppendRow(ReadOnlySpan<double> row)
    {
        int order = Order;
        if (row.Length != order + 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The new row has {row.Length} elements; appended to order {order} it must have {order + 1}."),
                nameof(row));
        }

        Reserve(order + 1);
        Span<double> solution = _row.AsSpan(0, order);
        row[..order].CopyTo(solution);
        SolveLower(solution);
        double pivot = row[order] + Jitter;
        foreach (double element in solution)
            pivot = Math.FusedMultiplyAdd(-element, element, pivot);
        if (!(pivot > 0 && double.IsFinite(pivot)))
            return false;

        double[] panel = _panels[order / Height];
        int lane = order % Height;
        if (lane == 0)
            panel.AsSpan().Clear();
        for (int k = 0; k < order; k++)
            panel[k * Height + lane] = solution[k];
        panel[order * Height + lane] = Math.Sqrt(pivot);
        Order = order + 1;
        return true;
    }

    /// <summary>Appends a row and column to the matrix; see <see cref="TryAppendRow"/>.</summary>
    /// <param name="row">The new row of A: its <see cref="Order"/> elements before the diagonal and the diagonal element.</param>
    /// <exception cref="NotPositiveDefiniteException">The larger matrix is not positive definite; nothing has changed.</exception>
    public void AppendRow(ReadOnlySpan<double> row)
    {
        if (!TryAppendRow(row))
            throw new NotPositiveDefiniteException(Order, Order + 1, Jitter);
    }

    /// <summary>Removes the last rows and columns. Keeps the memory for rows to come.</summary>
    /// <param name="order">The new order, from 0 to <see cref="Order"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is outside that range.</exception>
    public void Truncate(int order)
    {
        if (order < 0 || order > Order)
        {
            throw new ArgumentOutOfRangeException(
                nameof(order), order, FormattableString.Invariant($"The new order must be from 0 to the present order {Order}."));
        }

        // The solves count on zeros in the lanes behind the last row. Whole panels are cleared when a row enters them again.
        int kept = order % Height;
        if (kept != 0 && order < Order)
        {
            double[] panel = _panels[order / Height];
            for (int k = 0; k < panel.Length; k += Height)
                panel.AsSpan(k + kept, Height - kept).Clear();
        }

        Order = order;
    }

    /// <summary>Writes out L.</summary>
    /// <param name="destination">Receives L, row-major, <see cref="Order"/>² numbers with zeros above the diagonal.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyTo(Span<double> destination)
    {
        CheckLength(destination.Length, (long)Order * Order, nameof(destination));
        for (int i = 0; i < Order; i++)
        {
            Span<double> row = destination.Slice(i * Order, Order);
            row.Clear();
            for (int j = 0; j <= i; j++)
                row[j] = Element(i, j);
        }
    }

    private double Element(int row, int column) => _panels[row / Height][column * Height + row % Height];

    private ref double At(int panel, int column) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_panels[panel]), column * Height);

    private void Reserve(int order)
    {
        int needed = (order + Height - 1) / Height;
        if (_panels.Length < needed)
            Array.Resize(ref _panels, Math.Max(needed, 2 * _panels.Length));
        for (; _allocated < needed; _allocated++)
            _panels[_allocated] = new double[(_allocated + 1) * PanelKernel.Tile];
        if (_row.Length < needed * Height)
            Array.Resize(ref _row, Math.Max(needed * Height, 2 * _row.Length));
    }

    private void CheckIndex(int index, string name)
    {
        if ((uint)index >= (uint)Order)
            throw new ArgumentOutOfRangeException(name, index, FormattableString.Invariant($"The index must be from 0 to {Order - 1}."));
    }

    private static void CheckLength(int length, long expected, string name)
    {
        if (length != expected)
            throw new ArgumentException(FormattableString.Invariant($"The span has {length} elements; it must have {expected}."), name);
    }
}
