namespace Attune.Numerics.Tests.LinearAlgebra;

internal static class TestMatrices
{
    /// <summary>A covariance-like matrix, well conditioned: exp(-distance²) of random points in the plane plus a tenth of the unit
    /// matrix.</summary>
    internal static double[] Covariance(int order, ulong seed)
    {
        double[] points = new double[order * 2];
        RandomKey.FromSeed(seed).CreateStream().Fill(points);
        double[] matrix = new double[order * order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                double dx = points[2 * i] - points[2 * j], dy = points[2 * i + 1] - points[2 * j + 1];
                matrix[i * order + j] = Math.Exp(-10 * (dx * dx + dy * dy)) + (i == j ? 0.1 : 0);
            }
        }

        return matrix;
    }

    /// <summary>The leading principal submatrix.</summary>
    internal static double[] Leading(double[] matrix, int order, int leading)
    {
        double[] result = new double[leading * leading];
        for (int i = 0; i < leading; i++)
            Array.Copy(matrix, i * order, result, i * leading, leading);
        return result;
    }

    internal static double[] Vector(int length, ulong seed)
    {
        double[] vector = new double[length];
        RandomKey.FromSeed(seed).CreateStream().Fill(vector);
        return vector;
    }

    internal static CholeskyFactor Factor(double[] matrix, int order)
    {
        var factor = new CholeskyFactor();
        factor.Factorize(matrix, order);
        return factor;
    }

    internal static double[] Lower(CholeskyFactor factor)
    {
        double[] lower = new double[factor.Order * factor.Order];
        factor.CopyTo(lower);
        return lower;
    }
}
