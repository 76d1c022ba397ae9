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

    [Theory]
    [MemberData(nameof(Orders))]
    public void Invert_AnyOrder_GivesTheSymmetricInverse(int order)
    {
        double[] matrix = Covariance(order, 9), inverse = new double[order * order];
        Factor(matrix, order).Invert(inverse);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                double product = 0;
                for (int k = 0; k < order; k++)
                    product += matrix[i * order + k] * inverse[k * order + j];
                Assert.Equal(i == j ? 1 : 0, product, 1e-12);
                Assert.Equal(inverse[j * order + i], inverse[i * order + j]);
            }
        }
    }

    // The inverse of ρ^|i-j| is tridiagonal: 1/(1 - ρ²) at the ends of the diagonal, (1 + ρ²)/(1 - ρ²) inside, -ρ/(1 - ρ²) beside it.
    [Fact]
    public void Invert_KacMurdockSzego_IsTheClosedForm()
    {
        const int order = 21;
        const double rho = 0.5;
        double[] matrix = new double[order * order], inverse = new double[order * order];
        for (int i = 0; i < order * order; i++)
            matrix[i] = Math.Pow(rho, Math.Abs(i / order - i % order));
        Factor(matrix, order).Invert(inverse);
        for (int i = 0; i < order * order; i++)
        {
            int row = i / order, column = i % order;
            double expected = Math.Abs(row - column) switch
            {
                0 => (row is 0 or order - 1 ? 1 : 1 + rho * rho) / (1 - rho * rho),
                1 => -rho / (1 - rho * rho),
                _ => 0,
            };
            Assert.Equal(expected, inverse[i], 1e-14);
        }
    }

    [Fact]
    public void Invert_WrongLength_IsRefused() =>
        Assert.Throws<ArgumentException>("inverse", () => Factor([2, 1, 1, 2], 2).Invert(new double[3]));

    [Fact]
    public void Solves_AfterWarmUp_AllocateNothing()
    {
        CholeskyFactor factor = Factor(Covariance(50, 7), 50);
        double[] matrix = Covariance(50, 7), x = Vector(50, 8);
        double[] product = new double[50], rows = new double[500], inverse = new double[2500];
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            factor.Solve(x);
            factor.SolveLowerRows(rows, 10);
            factor.MultiplyLower(x, product);
            factor.Invert(inverse);
            factor.Truncate(40);
            for (int i = 40; i < 50; i++)
                factor.AppendRow(matrix.AsSpan(i * 50, i + 1));
            factor.Factorize(matrix, 50);
        }
    }
}
