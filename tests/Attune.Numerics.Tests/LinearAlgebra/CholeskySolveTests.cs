using static Attune.Numerics.Tests.LinearAlgebra.TestMatrices;

namespace Attune.Numerics.Tests.LinearAlgebra;

public sealed class CholeskySolveTests
{
    public static TheoryData<int> Orders => [1, 7, 8, 9, 15, 32, 33, 40, 71, 100, 257];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Solve_AnyOrder_LeavesNoResidual(int order)
    {
        double[] matrix = Covariance(order, 1), b = Vector(order, 2), x = [.. b];
        Factor(matrix, order).Solve(x);
        for (int i = 0; i < order; i++)
        {
            double sum = 0;
            for (int j = 0; j < order; j++)
                sum += matrix[i * order + j] * x[j];
            Assert.Equal(b[i], sum, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void SolveLowerAndUpper_AnyOrder_InvertTheProducts(int order)
    {
        CholeskyFactor factor = Factor(Covariance(order, 3), order);
        double[] z = Vector(order, 4), x = new double[order], lower = Lower(factor);
        factor.MultiplyLower(z, x);
        for (int i = 0; i < order; i++)
            Assert.Equal(Enumerable.Range(0, order).Sum(j => lower[i * order + j] * z[j]), x[i], 1e-12);
        factor.SolveLower(x);
        for (int i = 0; i < order; i++)
            Assert.Equal(z[i], x[i], 1e-12);

        double[] y = new double[order];
        for (int i = 0; i < order; i++)
            y[i] = Enumerable.Range(0, order).Sum(j => lower[j * order + i] * z[j]);
        factor.SolveUpper(y);
        for (int i = 0; i < order; i++)
            Assert.Equal(z[i], y[i], 1e-11);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 3)]
    [InlineData(40, 16)]
    [InlineData(71, 17)]
    [InlineData(130, 29)]
    public void SolveLowerRows_AnyCount_HasTheBitsOfSingleSolves(int order, int count)
    {
        CholeskyFactor factor = Factor(Covariance(order, 5), order);
        double[] rows = Vector(order * count, 6), expected = [.. rows];
        for (int i = 0; i < count; i++)
            factor.SolveLower(expected.AsSpan(i * order, order));
        factor.SolveLowerRows(rows, count);
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void Solves_AfterWarmUp_AllocateNothing()
    {
        CholeskyFactor factor = Factor(Covariance(50, 7), 50);
        double[] matrix = Covariance(50, 7), x = Vector(50, 8), product = new double[50], rows = new double[500];
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            factor.Solve(x);
            factor.SolveLowerRows(rows, 10);
            factor.MultiplyLower(x, product);
            factor.Truncate(40);
            for (int i = 40; i < 50; i++)
                factor.AppendRow(matrix.AsSpan(i * 50, i + 1));
            factor.Factorize(matrix, 50);
        }
    }
}
