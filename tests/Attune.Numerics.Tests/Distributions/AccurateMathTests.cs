namespace Attune.Numerics.Tests.Distributions;

public sealed class AccurateMathTests
{
    // mpmath 1.2.1, 60 digits, at the exact double: x, log(1 + x), exp(x) - 1.
    [Theory]
    [InlineData(1e-300, 1.0000000000000000251e-300, 1.0000000000000000251e-300)]
    [InlineData(-1e-17, -1.0000000000000000765e-17, -1.0000000000000000665e-17)]
    [InlineData(1e-10, 9.9999999995000003644e-11, 1.0000000000500000364e-10)]
    [InlineData(-1e-05, -0.000010000050000333336651, -9.999950000166667068e-6)]
    [InlineData(0.001, 0.00099950033308353318761, 0.0010005001667083416889)]
    [InlineData(-0.1, -0.1053605156578263074, -0.095162581964040431859)]
    [InlineData(0.3, 0.2623642644674910435, 0.349858807576003089)]
    [InlineData(-0.9, -2.3025850929940459061, -0.59343034025940089714)]
    [InlineData(5.0, 1.7917594692280550008, 147.41315910257660342)]
    [InlineData(100.0, 4.6151205168412594509, 2.6881171418161354484e43)]
    public void LogOnePlusAndExpMinusOne_HighPrecisionValues_AreReproduced(double x, double logOnePlus, double expMinusOne)
    {
        Assert.InRange(AccurateMath.LogOnePlus(x) / logOnePlus, 1 - 6e-16, 1 + 6e-16);
        Assert.InRange(AccurateMath.ExpMinusOne(x) / expMinusOne, 1 - 6e-16, 1 + 6e-16);
    }

    // mpmath 1.2.1, 400 digits: x, log(1 - exp(x)).
    [Theory]
    [InlineData(-1e-300, -690.77552789821370518)]
    [InlineData(-1e-10, -23.025850929990456804)]
    [InlineData(-0.5, -0.93275212956718857189)]
    [InlineData(-0.69, -0.69630429714405670574)]
    [InlineData(-0.7, -0.6863410028083851535)]
    [InlineData(-3.0, -0.051069180942701586539)]
    [InlineData(-40.0, -4.2483542552915890044e-18)]
    [InlineData(-700.0, -9.8596765437597708567e-305)]
    public void LogOneMinusExp_HighPrecisionValues_AreReproduced(double x, double expected) =>
        Assert.InRange(AccurateMath.LogOneMinusExp(x) / expected, 1 - 6e-16, 1 + 6e-16);

    [Fact]
    public void LogAddExp_ExtremeArguments_NeitherOverflowsNorLosesTheSmaller()
    {
        Assert.Equal(1000 + Math.Log(2), AccurateMath.LogAddExp(1000, 1000), 1e-12);
        Assert.Equal(-1000 + Math.Log(2), AccurateMath.LogAddExp(-1000, -1000), 1e-12);
        Assert.Equal(Math.Exp(-30) - Math.Exp(-60) / 2, AccurateMath.LogAddExp(0, -30), 1e-28);
        Assert.Equal(3, AccurateMath.LogAddExp(double.NegativeInfinity, 3));
        Assert.Equal(double.NegativeInfinity, AccurateMath.LogAddExp(double.NegativeInfinity, double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, AccurateMath.LogAddExp(double.PositiveInfinity, 3));
    }

    [Fact]
    public void Everything_AtTheEnds_HasItsLimit()
    {
        Assert.Equal(double.NegativeInfinity, AccurateMath.LogOnePlus(-1));
        Assert.Equal(double.PositiveInfinity, AccurateMath.LogOnePlus(double.PositiveInfinity));
        Assert.True(double.IsNaN(AccurateMath.LogOnePlus(-1.5)));
        Assert.Equal(-1, AccurateMath.ExpMinusOne(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, AccurateMath.ExpMinusOne(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, AccurateMath.LogOneMinusExp(0));
    }
}
