using System.Globalization;

namespace Attune.Numerics.Tests.Distributions;

public sealed class NormalDistributionTests
{
    private const double Tolerance = 2e-15;

    private static void AssertClose(double expected, double actual, double tolerance, double argument)
    {
        double error = expected == 0 ? Math.Abs(actual) : Math.Abs(actual / expected - 1);
        Assert.True(
            error <= tolerance,
            string.Create(
                CultureInfo.InvariantCulture, $"at {argument:R}: expected {expected:R}, got {actual:R}, relative error {error:E2}"));
    }

    [Fact]
    public void Pdf_HighPrecisionTable_IsReproduced()
    {
        for (int i = 0; i < NormalTable.Values.GetLength(0); i++)
        {
            double z = NormalTable.Values[i, 0], pdf = NormalTable.Values[i, 1];
            AssertClose(pdf, NormalDistribution.Pdf(z), Tolerance, z);
            AssertClose(Math.Log(pdf), NormalDistribution.LogPdf(z), Tolerance, z);
        }
    }

    [Fact]
    public void Cdf_HighPrecisionTable_IsReproducedInBothTails()
    {
        for (int i = 0; i < NormalTable.Values.GetLength(0); i++)
        {
            double z = NormalTable.Values[i, 0], cdf = NormalTable.Values[i, 2];
            AssertClose(cdf, NormalDistribution.Cdf(z), Tolerance, z);
            AssertClose(cdf, NormalDistribution.SurvivalFunction(-z), Tolerance, z);
        }
    }

    [Fact]
    public void LogCdf_HighPrecisionTable_IsReproducedInBothTails()
    {
        for (int i = 0; i < NormalTable.Values.GetLength(0); i++)
        {
            double z = NormalTable.Values[i, 0], log = NormalTable.Values[i, 3];
            AssertClose(log, NormalDistribution.LogCdf(z), Tolerance, z);
            AssertClose(log, NormalDistribution.LogSurvivalFunction(-z), Tolerance, z);
        }

        for (int i = 0; i < NormalTable.FarTail.GetLength(0); i++)
        {
            double z = NormalTable.FarTail[i, 0];
            AssertClose(NormalTable.FarTail[i, 1], NormalDistribution.LogCdf(z), Tolerance, z);
        }

        Assert.Equal(0, NormalDistribution.LogCdf(40));
    }

    [Fact]
    public void Quantile_HighPrecisionTable_IsReproduced()
    {
        for (int i = 0; i < NormalTable.Quantiles.GetLength(0); i++)
        {
            double p = NormalTable.Quantiles[i, 0];
            AssertClose(NormalTable.Quantiles[i, 1], NormalDistribution.Quantile(p), Tolerance, p);
        }
    }

    [Fact]
    public void QuantileOfLog_HighPrecisionTable_InvertsLogCdf()
    {
        for (int i = 0; i < NormalTable.Values.GetLength(0); i++)
        {
            double z = NormalTable.Values[i, 0], log = NormalTable.Values[i, 3];
            if (Math.Abs(z) > 1e-3)
                AssertClose(z, NormalDistribution.QuantileOfLog(log), 1e-14, log);
        }

        for (int i = 0; i < NormalTable.FarTail.GetLength(0); i++)
        {
            double log = NormalTable.FarTail[i, 1];
            AssertClose(NormalTable.FarTail[i, 0], NormalDistribution.QuantileOfLog(log), Tolerance, log);
        }
    }

    [Fact]
    public void ScaledComplementaryError_HighPrecisionTable_IsReproduced()
    {
        for (int i = 0; i < NormalTable.ScaledComplement.GetLength(0); i++)
        {
            double x = NormalTable.ScaledComplement[i, 0];
            AssertClose(NormalTable.ScaledComplement[i, 1], NormalDistribution.ScaledComplementaryError(x), Tolerance, x);
        }
    }

    [Theory]
    [InlineData(-1e8)]
    [InlineData(-50)]
    [InlineData(-3)]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void PdfOverCdf_AnyArgument_IsTheDerivativeOfLogCdf(double z)
    {
        double step = 1e-4 * Math.Max(1, Math.Abs(z));
        double difference = (NormalDistribution.LogCdf(z + step) - NormalDistribution.LogCdf(z - step)) / (2 * step);
        AssertClose(difference, NormalDistribution.PdfOverCdf(z), 1e-6, z);
    }

    [Fact]
    public void Quantile_DenseGridOfBothTails_InvertsCdf()
    {
        for (double z = -37; z < 6; z += 0.0137)
        {
            double p = NormalDistribution.Cdf(z);
            // One unit in the last place of p moves z by p·ε/φ(z).
            double resolution = 4e-16 * p / NormalDistribution.Pdf(z) + 4e-16 * Math.Abs(z);
            Assert.InRange(NormalDistribution.Quantile(p) - z, -4 * resolution, 4 * resolution);
        }
    }

    [Fact]
    public void Everything_AtTheEnds_HasItsLimit()
    {
        double infinity = double.PositiveInfinity;
        Assert.Equal((0.0, 1.0), (NormalDistribution.Cdf(-infinity), NormalDistribution.Cdf(infinity)));
        Assert.Equal((-infinity, 0.0), (NormalDistribution.LogCdf(-infinity), NormalDistribution.LogCdf(infinity)));
        Assert.Equal((-infinity, infinity), (NormalDistribution.Quantile(0), NormalDistribution.Quantile(1)));
        Assert.Equal((-infinity, infinity), (NormalDistribution.QuantileOfLog(-infinity), NormalDistribution.QuantileOfLog(0)));
        Assert.Equal((0.0, 0.0), (NormalDistribution.Pdf(-infinity), NormalDistribution.Pdf(infinity)));
        Assert.Equal(0, NormalDistribution.ScaledComplementaryError(infinity));
        Assert.Equal(infinity, NormalDistribution.ScaledComplementaryError(-infinity));
        Assert.Equal((0.0, infinity), (NormalDistribution.PdfOverCdf(infinity), NormalDistribution.PdfOverCdf(-infinity)));
        Assert.Equal(-double.MaxValue, NormalDistribution.LogCdf(NormalDistribution.QuantileOfLog(-double.MaxValue)), 1e294);
    }

    [Fact]
    public void Everything_NotANumber_StaysNotANumber()
    {
        Assert.True(double.IsNaN(NormalDistribution.Cdf(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.Pdf(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.LogCdf(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.Quantile(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.QuantileOfLog(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.ScaledComplementaryError(double.NaN)));
        Assert.True(double.IsNaN(NormalDistribution.PdfOverCdf(double.NaN)));
    }

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000000000002)]
    public void Quantile_OutsideTheUnitInterval_IsRefused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => NormalDistribution.Quantile(value));

    [Fact]
    public void QuantileOfLog_AboveZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("logProbability", () => NormalDistribution.QuantileOfLog(1e-300));
}
