using CsCheck;
using static Attune.Numerics.Tests.LinearAlgebra.TestMatrices;

namespace Attune.Numerics.Tests.LinearAlgebra;

public sealed class CholeskyFactorTests
{
    public static TheoryData<int> Orders => [1, 2, 7, 8, 9, 16, 31, 64, 127, 128, 129, 137, 260, 300];

    [Fact]
    public void Factorize_IntegerMatrix_GivesItsIntegerFactor()
    {
        CholeskyFactor factor = Factor([4, 12, -16, 12, 37, -43, -16, -43, 98], 3);
        Assert.Equal([2, 0, 0, 6, 1, 0, -8, 5, 3], Lower(factor));
        Assert.Equal(5, factor[2, 1]);
        Assert.Equal(0, factor[1, 2]);
        Assert.Equal(Math.Log(36), factor.LogDeterminant, 1e-14);
    }

    // The definition, element by element: one chain of fused multiply-adds in the order of k.
    [Theory]
    [MemberData(nameof(Orders))]
    public void Factorize_AnyOrder_HasTheBitsOfTheDefinition(int order)
    {
        double[] matrix = Covariance(order, 1), expected = new double[order * order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * order + j];
                for (int k = 0; k < j; k++)
                    sum = Math.FusedMultiplyAdd(-expected[i * order + k], expected[j * order + k], sum);
                expected[i * order + j] = i == j ? Math.Sqrt(sum) : sum / expected[j * order + j];
            }
        }

        Assert.Equal(expected, Lower(Factor(matrix, order)));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Factorize_AnyOrder_MultipliesBackToTheMatrix(int order)
    {
        double[] matrix = Covariance(order, 2), lower = Lower(Factor(matrix, order));
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k <= j; k++)
                    product += lower[i * order + k] * lower[j * order + k];
                Assert.Equal(matrix[i * order + j], product, 1e-14);
            }
        }
    }

    [Fact]
    public void Factorize_GarbageAboveTheDiagonal_IsNotRead()
    {
        double[] matrix = Covariance(20, 3), expected = Lower(Factor(matrix, 20));
        for (int i = 0; i < 20; i++)
            matrix.AsSpan(i * 20 + i + 1, 19 - i).Fill(double.NaN);
        Assert.Equal(expected, Lower(Factor(matrix, 20)));
    }

    [Fact]
    public void AppendRow_EveryRowInTurn_HasTheBitsOfTheWholeFactorization()
    {
        const int order = 150;
        double[] matrix = Covariance(order, 4);
        var grown = new CholeskyFactor();
        for (int i = 0; i < order; i++)
        {
            grown.AppendRow(matrix.AsSpan(i * order, i + 1));
            if (i % 13 == 0 || i == order - 1)
                Assert.Equal(Lower(Factor(Leading(matrix, order, i + 1), i + 1)), Lower(grown));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(63)]
    [InlineData(100)]
    public void Truncate_ThenAppendOtherRows_HasTheBitsOfTheWholeFactorization(int kept)
    {
        const int order = 100;
        double[] matrix = Covariance(order, 5);
        CholeskyFactor factor = Factor(matrix, order);
        factor.Truncate(kept);
        Assert.Equal(Lower(Factor(Leading(matrix, order, kept), kept)), Lower(factor));

        // Rows in another order after the kept ones.
        double[] other = Covariance(order, 5);
        for (int i = kept; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
                other[i * order + j] *= i == j ? 1.5 : 0.5;
        }

        for (int i = kept; i < order; i++)
            factor.AppendRow(other.AsSpan(i * order, i + 1));
        CholeskyFactor whole = Factor(other, order);
        Assert.Equal(Lower(whole), Lower(factor));

        double[] x = Vector(order, 6), y = [.. x];
        whole.Solve(x);
        factor.Solve(y);
        Assert.Equal(x, y);
    }

    [Fact]
    public void Factorize_AgainSmallerAndAfterFailure_LeavesNoTrace()
    {
        var factor = new CholeskyFactor();
        factor.Factorize(Covariance(90, 7), 90);
        double[] bad = Covariance(90, 7);
        bad[50 * 90 + 50] = -1;
        Assert.False(factor.TryFactorize(bad, 90, out int pivot));
        Assert.Equal((50, 0), (pivot, factor.Order));

        double[] matrix = Covariance(30, 8);
        factor.Factorize(Leading(matrix, 30, 21), 21);
        for (int i = 21; i < 30; i++)
            factor.AppendRow(matrix.AsSpan(i * 30, i + 1));
        CholeskyFactor fresh = Factor(matrix, 30);
        Assert.Equal(Lower(fresh), Lower(factor));
        double[] x = Vector(30, 9), y = [.. x];
        fresh.Solve(x);
        factor.Solve(y);
        Assert.Equal(x, y);
    }

    // Any sequence of appending, truncating and factorising anew ends where a fresh factorisation of the same rows ends.
    [Fact]
    public void Factor_AnySequenceOfChanges_HasTheBitsOfAFreshOne()
    {
        const int largest = 60;
        double[] matrix = Covariance(largest, 11), x = Vector(largest, 12);
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, largest]).Array[1, 12].Sample(
            changes =>
            {
                var factor = new CholeskyFactor();
                foreach ((int change, int order) in changes)
                {
                    if (change == 0)
                        factor.Factorize(Leading(matrix, largest, order), order);
                    else if (change == 1)
                        factor.Truncate(Math.Min(order, factor.Order));
                    else
                        for (int i = factor.Order; i < order; i++)
                            factor.AppendRow(matrix.AsSpan(i * largest, i + 1));
                }

                CholeskyFactor fresh = Factor(Leading(matrix, largest, factor.Order), factor.Order);
                double[] left = x[..factor.Order], right = x[..factor.Order];
                factor.Solve(left);
                fresh.Solve(right);
                return Lower(fresh).AsSpan().SequenceEqual(Lower(factor)) && left.AsSpan().SequenceEqual(right);
            },
            iter: 300);
    }

    // Kac, Murdock and Szegő: the matrix ρ^|i-j| has the determinant (1 - ρ²)^(n-1).
    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(200, 0.9)]
    public void LogDeterminant_KacMurdockSzego_IsTheClosedForm(int order, double rho)
    {
        double[] matrix = new double[order * order];
        for (int i = 0; i < order * order; i++)
            matrix[i] = Math.Pow(rho, Math.Abs(i / order - i % order));
        Assert.Equal((order - 1) * Math.Log(1 - rho * rho), Factor(matrix, order).LogDeterminant, 1e-11);
    }

    // The determinant of the Hilbert matrix of order 5 is 1/266716800000.
    [Fact]
    public void LogDeterminant_HilbertMatrix_IsThePublishedValue()
    {
        double[] matrix = new double[25];
        for (int i = 0; i < 25; i++)
            matrix[i] = 1.0 / (i / 5 + i % 5 + 1);
        Assert.Equal(-Math.Log(266716800000.0), Factor(matrix, 5).LogDeterminant, 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(131)]
    [InlineData(149)]
    public void TryFactorize_NegativeOrMissingPivot_TellsItsRow(int row)
    {
        foreach (double value in (double[])[-1, 0, double.NaN, double.PositiveInfinity])
        {
            double[] matrix = Covariance(150, 10);
            matrix[row * 150 + row] = value;
            var factor = new CholeskyFactor();
            Assert.False(factor.TryFactorize(matrix, 150, out int failing));
            Assert.Equal(row, failing);
            var exception = Assert.Throws<NotPositiveDefiniteException>(() => factor.Factorize(matrix, 150));
            Assert.Equal(row, exception.FailingPivot);
            Assert.Contains(FormattableString.Invariant($"row {row}"), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AppendRow_ThatRepeatsARow_IsRefusedAndChangesNothing()
    {
        CholeskyFactor factor = Factor([1, 0, 0, 1], 2);
        Assert.False(factor.TryAppendRow([1, 0, 1]));
        Assert.Throws<NotPositiveDefiniteException>(() => factor.AppendRow([1, 0, 0.5]));
        Assert.Equal([1, 0, 0, 1], Lower(factor));
        factor.AppendRow([0.5, 0, 1]);
        Assert.Equal(Math.Sqrt(0.75), factor[2, 2]);
    }

    [Fact]
    public void Factorize_SingularMatrixWithPolicy_AddsTheFirstJitterThatHelpsAndKeepsIt()
    {
        double[] ones = new double[16];
        ones.AsSpan().Fill(2);
        var factor = new CholeskyFactor();
        Assert.False(factor.TryFactorize(ones, 4, out _));
        factor.Factorize(ones, 4, new JitterPolicy { First = 1e-6, Largest = 1e-2 });
        Assert.Equal(2e-6, factor.Jitter, 1e-20);
        Assert.True(factor.TryAppendRow([2, 2, 2, 2, 2]));

        double[] more = new double[25];
        more.AsSpan().Fill(2);
        var whole = new CholeskyFactor();
        Assert.True(whole.TryFactorize(more, 5, out _, 2e-6));
        Assert.Equal(Lower(whole), Lower(factor));

        factor.Factorize([2, 1, 1, 2], 2, JitterPolicy.Default);
        Assert.Equal(0, factor.Jitter);
    }

    [Fact]
    public void Factorize_IndefiniteMatrixWithPolicy_FailsWithTheRow()
    {
        var exception = Assert.Throws<NotPositiveDefiniteException>(
            () => new CholeskyFactor().Factorize([1, 2, 2, 1], 2, JitterPolicy.Default));
        Assert.Equal(1, exception.FailingPivot);
    }

    [Fact]
    public void EveryMember_WrongArguments_AreRefused()
    {
        CholeskyFactor factor = Factor([2, 1, 1, 2], 2);
        Assert.Throws<ArgumentException>("matrix", () => factor.TryFactorize(new double[3], 2, out _));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => factor.TryFactorize([], -1, out _));
        Assert.Throws<ArgumentOutOfRangeException>("jitter", () => factor.TryFactorize([1], 1, out _, -1));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => factor.Truncate(3));
        Assert.Throws<ArgumentException>("row", () => factor.AppendRow([1.0, 2]));
        Assert.Throws<ArgumentException>("destination", () => factor.CopyTo(new double[3]));
        Assert.Throws<ArgumentException>("vector", () => factor.Solve(new double[3]));
        Assert.Throws<ArgumentException>("vector", () => factor.SolveUpper(new double[1]));
        Assert.Throws<ArgumentException>("rows", () => factor.SolveLowerRows(new double[5], 2));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => factor.SolveLowerRows([], -1));
        Assert.Throws<ArgumentException>("product", () => factor.MultiplyLower(new double[2], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => factor[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>("column", () => factor[0, -1]);
        Assert.Throws<ArgumentOutOfRangeException>("First", () => factor.Factorize([1], 1, new JitterPolicy { First = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>("Growth", () => factor.Factorize([1], 1, new JitterPolicy { Growth = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("Largest", () => factor.Factorize([1], 1, new JitterPolicy { Largest = 1e-12 }));
    }

    [Fact]
    public void EmptyMatrix_Everywhere_IsAllowed()
    {
        var factor = new CholeskyFactor();
        Assert.True(factor.TryFactorize([], 0, out int pivot));
        Assert.Equal(-1, pivot);
        factor.Solve([]);
        factor.SolveLowerRows([], 3);
        Assert.Equal(0, factor.LogDeterminant);
    }
}
