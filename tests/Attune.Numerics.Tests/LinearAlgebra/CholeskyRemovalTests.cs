using static Attune.Numerics.Tests.LinearAlgebra.TestMatrices;

namespace Attune.Numerics.Tests.LinearAlgebra;

public sealed class CholeskyRemovalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(40)]
    public void RemoveRow_EachRow_EqualsAFreshFactorization(int order)
    {
        double[] matrix = Covariance(order, 11);
        for (int row = 0; row < order; row++)
        {
            CholeskyFactor factor = Factor(matrix, order);

            factor.RemoveRow(row);

            CholeskyFactor fresh = Factor(Without(matrix, order, row), order - 1);
            Assert.Equal(order - 1, factor.Order);
            AssertClose(Lower(fresh), Lower(factor), 1e-12);
            double[] left = Vector(order - 1, 3), right = [.. left];
            fresh.Solve(left);
            factor.Solve(right);
            AssertClose(left, right, 1e-8);
            Assert.Equal(fresh.LogDeterminant, factor.LogDeterminant, 1e-9);
        }
    }

    [Fact]
    public void RemoveRow_ManyInTurnThenAppended_EqualsAFreshFactorization()
    {
        const int order = 90;
        double[] matrix = Covariance(order, 12);
        List<int> kept = [.. Enumerable.Range(0, order - 10)];
        CholeskyFactor factor = Factor(Leading(matrix, order, kept.Count), kept.Count);
        ulong state = 5;
        for (int round = 0; round < 60; round++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            int row = (int)(state >> 33) % kept.Count;
            factor.RemoveRow(row);
            kept.RemoveAt(row);
        }

        for (int added = order - 10; added < order; added++)
        {
            kept.Add(added);
            factor.AppendRow([.. kept.Select(other => matrix[(added * order) + other])]);
        }

        double[] chosen = [.. kept.SelectMany(i => kept.Select(j => matrix[(i * order) + j]))];
        AssertClose(Lower(Factor(chosen, kept.Count)), Lower(factor), 1e-11);
        double[] rows = Vector(3 * kept.Count, 9), expected = [.. rows];
        Factor(chosen, kept.Count).SolveLowerRows(expected, 3);
        factor.SolveLowerRows(rows, 3);
        AssertClose(expected, rows, 1e-9);
    }

    [Fact]
    public void RemoveRow_FactorWithJitter_KeepsTheJitter()
    {
        CholeskyFactor factor = new();
        factor.Factorize([4, 2, 1, 2, 3, 0.5, 1, 0.5, 2], 3, 0.25);

        factor.RemoveRow(0);

        CholeskyFactor fresh = new();
        fresh.Factorize([3, 0.5, 0.5, 2], 2, 0.25);
        AssertClose(Lower(fresh), Lower(factor), 1e-15);
        Assert.Equal(0.25, factor.Jitter);
    }

    [Fact]
    public void RemoveRow_OutsideTheMatrix_SaysWhatIsAllowed()
    {
        CholeskyFactor factor = Factor(Covariance(3, 1), 3);

        Assert.Throws<ArgumentOutOfRangeException>("row", () => factor.RemoveRow(3));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => factor.RemoveRow(-1));
    }

    private static double[] Without(double[] matrix, int order, int row) =>
    [
        .. Enumerable.Range(0, order * order).Where(k => k / order != row && k % order != row).Select(k => matrix[k]),
    ];

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Select(Math.Abs).DefaultIfEmpty(1).Max();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * Math.Max(1, scale));
    }
}
