namespace Attune.Numerics;

/// <summary>Gaussian elimination with partial pivoting for the few equations of a limited-memory matrix, which are symmetric but
/// indefinite.</summary>
internal static class SmallLinearSolver
{
    /// <summary>Replaces a matrix by its triangular factors.</summary>
    /// <param name="matrix">Row-major, <paramref name="order"/>² numbers; on return the unit lower and the upper factor.</param>
    /// <param name="order">The number of equations.</param>
    /// <param name="pivots">Receives the row exchanged at each step.</param>
    /// <returns>Whether the matrix is regular and finite.</returns>
    internal static bool TryFactorize(Span<double> matrix, int order, Span<int> pivots)
    {
        for (int k = 0; k < order; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < order; i++)
            {
                if (Math.Abs(matrix[i * order + k]) > Math.Abs(matrix[pivot * order + k]))
                    pivot = i;
            }

            double largest = matrix[pivot * order + k];
            if (largest == 0 || !double.IsFinite(largest))
                return false;

            pivots[k] = pivot;
            Span<double> row = matrix.Slice(k * order, order);
            if (pivot != k)
            {
                for (int j = 0; j < order; j++)
                    (row[j], matrix[pivot * order + j]) = (matrix[pivot * order + j], row[j]);
            }

            for (int i = k + 1; i < order; i++)
            {
                Span<double> below = matrix.Slice(i * order, order);
                double factor = below[k] / largest;
                below[k] = factor;
                for (int j = k + 1; j < order; j++)
                    below[j] -= factor * row[j];
            }
        }

        return true;
    }

    /// <summary>Solves with factors of <see cref="TryFactorize"/>, in place.</summary>
    internal static void Solve(ReadOnlySpan<double> factors, int order, ReadOnlySpan<int> pivots, Span<double> vector)
    {
        for (int k = 0; k < order; k++)
            (vector[k], vector[pivots[k]]) = (vector[pivots[k]], vector[k]);

        for (int i = 1; i < order; i++)
        {
            for (int j = 0; j < i; j++)
                vector[i] -= factors[i * order + j] * vector[j];
        }

        for (int i = order - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < order; j++)
                vector[i] -= factors[i * order + j] * vector[j];
            vector[i] /= factors[i * order + i];
        }
    }
}
