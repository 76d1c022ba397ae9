using System.Globalization;
using CsCheck;

namespace Attune.Core.Tests.Spaces;

public sealed class ParameterRoundTripTests
{
    [Fact]
    public void FromUnit_OfToUnitOfAnyDiscreteValue_IsTheValue() =>
        Gen.Select(SpaceGenerators.Discrete, Gen.Double.Unit).Sample((parameter, place) =>
        {
            var number = parameter.NumberAt((long)(place * (parameter.Count!.Value - 1)));
            var unit = parameter.ToUnit(number);
            Assert.InRange(unit, 0, 1);
            Assert.Equal(number, parameter.FromUnit(unit));
            Assert.Null(parameter.Check(number));
            Assert.Equal(number, parameter.ToNumber(parameter.ToValue(number)));
        }, iter: 5_000);

    [Fact]
    public void FromUnit_OfToUnitOfAnyLinearFloat_DiffersByTheRoundingOfTheRange() =>
        Gen.Select(SpaceGenerators.LinearFloat, Gen.Double.Unit).Sample((parameter, place) =>
        {
            var number = parameter.FromUnit(place);
            var ulp = Math.BitIncrement(Math.Max(Math.Abs(parameter.Low), Math.Abs(parameter.High)))
                - Math.Max(Math.Abs(parameter.Low), Math.Abs(parameter.High));
            Assert.Null(parameter.Check(number));
            Assert.InRange(Math.Abs(parameter.FromUnit(parameter.ToUnit(number)) - number), 0, 4 * ulp);
        }, iter: 5_000);

    [Fact]
    public void FromUnit_OfToUnitOfAnyLogFloat_DiffersByTheRoundingOfTheLogarithm() =>
        Gen.Select(SpaceGenerators.LogFloat, Gen.Double.Unit).Sample((parameter, place) =>
        {
            // The unit interval resolves the logarithm to about 2^-53 of its size: for 1e-5 to 0.1 these are a dozen units in the last place.
            var number = parameter.FromUnit(place);
            var size = 1 + Math.Max(Math.Abs(Math.Log(parameter.Low)), Math.Abs(Math.Log(parameter.High)));
            Assert.Null(parameter.Check(number));
            Assert.InRange(Math.Abs(parameter.FromUnit(parameter.ToUnit(number)) - number) / number, 0, 4 * size * double.BitIncrement(1) - (4 * size));
        }, iter: 5_000);

    [Fact]
    public void FromUnit_OfToUnitOfAnyLogitFloat_DiffersByTheRoundingOfTheOdds() =>
        Gen.Select(SpaceGenerators.LogitFloat, Gen.Double.Unit).Sample((parameter, place) =>
        {
            var number = parameter.FromUnit(place);
            Assert.Null(parameter.Check(number));
            Assert.InRange(Math.Abs(parameter.FromUnit(parameter.ToUnit(number)) - number) / number, 0, 128 * 2.3e-16);
        }, iter: 5_000);

    [Fact]
    public void UnitCell_OfNeighbouringValues_MeetAndHoldWhatDecodesToThem() =>
        Gen.Select(SpaceGenerators.Discrete, Gen.Double.Unit).Sample((parameter, place) =>
        {
            var index = (long)(place * (parameter.Count!.Value - 1));
            var number = parameter.NumberAt(index);
            var (low, high) = parameter.UnitCell(number);
            Assert.Equal(index == 0, low == 0);
            Assert.InRange(parameter.ToUnit(number), low, high);
            if (index + 1 < parameter.Count)
                Assert.Equal(high, parameter.UnitCell(parameter.NumberAt(index + 1)).Low);
            else
                Assert.Equal(1, high);
        }, iter: 5_000);

    [Fact]
    public void FromUnit_AtTheEnds_GivesTheBoundsExactly() =>
        SpaceGenerators.Any.Sample(parameter =>
        {
            var (first, last) = parameter switch
            {
                NumericParameter { Count: null } numeric => (numeric.Low, numeric.High),
                _ => (parameter.NumberAt(0), parameter.NumberAt(parameter.Count!.Value - 1)),
            };
            Assert.Equal(first, parameter.FromUnit(0));
            Assert.Equal(last, parameter.FromUnit(1));
            Assert.Equal(first, parameter.FromUnit(-0.5));
            Assert.Equal(last, parameter.FromUnit(double.PositiveInfinity));
            Assert.Null(parameter.Check(first));
            Assert.Null(parameter.Check(last));
            Assert.Null(parameter.Check(parameter.FromUnit(double.NaN)));
        }, iter: 5_000);

    [Fact]
    public void FromUnit_AnywhereInAnyParameter_GivesALegalValueThatGrows() =>
        Gen.Select(SpaceGenerators.Any, Gen.Double.Unit, Gen.Double.Unit).Sample((parameter, a, b) =>
        {
            var (low, high) = (parameter.FromUnit(Math.Min(a, b)), parameter.FromUnit(Math.Max(a, b)));
            Assert.Null(parameter.Check(low));
            Assert.Null(parameter.Check(high));
            Assert.True(low <= high);
        }, iter: 5_000);

    [Fact]
    public void FromUnit_OnAnEvenGridOfLinearDiscretePoints_FillsTheCellsUniformly() =>
        Gen.OneOf(
            Gen.Select(Gen.Long[-50, 50], Gen.Long[1, 30], Gen.Long[1, 7], (low, count, step) =>
                (Parameter)new IntParameter("x", low, low + (count * step), step: step)),
            Gen.Select(Gen.Int[1, 30], Gen.Int[-5, 5], (count, low) => (Parameter)new FloatParameter("x", low, low + (0.1 * count), step: 0.1)),
            SpaceGenerators.Choices).Sample(parameter =>
        {
            const int pointsPerCell = 100;
            var count = parameter.Count!.Value;
            var hits = new int[count];
            for (var i = 0; i < count * pointsPerCell; i++)
                hits[parameter.IndexOf(parameter.FromUnit((i + 0.5) / (count * pointsPerCell)))]++;
            Assert.All(hits, hit => Assert.Equal(pointsPerCell, hit));
        }, iter: 500);

    [Fact]
    public void FromUnit_OfALogInteger_SpreadsByTheRatioOfTheCellsEdges()
    {
        // Value k owns log((k + 1/2) / (k - 1/2)) / log((100 + 1/2) / (1 - 1/2)) of the interval.
        var parameter = new IntParameter("x", 1, 100, Scale.Log);
        var hits = new int[101];
        const int points = 1_000_000;
        for (var i = 0; i < points; i++)
            hits[(int)parameter.FromUnit((i + 0.5) / points)]++;
        for (var k = 1; k <= 100; k++)
            Assert.Equal(Math.Log((k + 0.5) / (k - 0.5)) / Math.Log(100.5 / 0.5) * points, hits[k], 1.5);
    }

    [Theory]
    [InlineData(0, 1, 0.1, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [InlineData(-0.3, 0.3, 0.15, "-0.3 -0.15 0 0.15 0.3")]
    [InlineData(1.1, 1.5, 0.1, "1.1 1.2 1.3 1.4 1.5")]
    [InlineData(1e-12, 5e-12, 1e-12, "1e-12 2e-12 3e-12 4e-12 5e-12")]
    [InlineData(0, 3e-20, 1e-20, "0 1e-20 2e-20 3e-20")]
    [InlineData(1e12, 1.3e12, 1e11, "1000000000000 1100000000000 1200000000000 1300000000000")]
    [InlineData(1e12, 1000000000000.3, 0.1, "1000000000000 1000000000000.1 1000000000000.2 1000000000000.3")]
    [InlineData(1e20, 3e20, 1e20, "1e+20 2e+20 3e+20")]
    [InlineData(0.3333333333333333, 0.6, 0.1, "0.3333333333333333 0.4333333333333333 0.5333333333333333")]
    [InlineData(0, 1, 0.3, "0 0.3 0.6 0.9")]
    [InlineData(2, 2, 5, "2")]
    [InlineData(-1, -0.9, 0.1, "-1 -0.9")]
    [InlineData(0, 0.7999999999999999, 0.4, "0 0.4 0.7999999999999999")]
    public void NumberAt_OfFloatSteps_PrintsAsAPersonWritesIt(double low, double high, double step, string expected)
    {
        var parameter = new FloatParameter("x", low, high, step: step);
        var values = Enumerable.Range(0, (int)parameter.Count!.Value).Select(index => parameter.ToValue(parameter.NumberAt(index))).ToArray();
        Assert.Equal(expected, string.Join(' ', values));
        Assert.All(values, value => Assert.Equal(value, parameter.ToValue(parameter.ToNumber(value))));
        Assert.All(values, value => Assert.Equal(value.AsDouble(), parameter.FromUnit(parameter.ToUnit(value.AsDouble()))));
    }

    [Fact]
    public void ToNumber_OfACalculatedStep_TakesTheStepThatIsMeant()
    {
        var parameter = new FloatParameter("x", 0, 1, step: 0.1);
        Assert.Equal(0.3, parameter.ToNumber(0.1 * 3));
        Assert.Equal(0.7, parameter.ToNumber(0.1 * 7));
        Assert.Contains("nearest is 0.3", Assert.Throws<SpaceException>(() => parameter.ToNumber(0.30001)).Message, StringComparison.Ordinal);
        Assert.Throws<SpaceException>(() => parameter.ToNumber(1.1));
    }

    [Fact]
    public void ToNumber_OfNegativeZero_IsZero()
    {
        var number = new FloatParameter("x", -1, 1).ToNumber(-0.0);
        Assert.Equal("0", number.ToString("R", CultureInfo.InvariantCulture));
        Assert.Equal("0", ParameterValue.Of(-0.0).ToString());
    }

    [Fact]
    public void NumberAt_OfTheWidestIntegers_IsExact()
    {
        const long largest = 1L << 53;
        var parameter = new IntParameter("x", -largest, largest - 2, step: 1);
        Assert.Equal((2 * largest) - 1, parameter.Count);
        Gen.Long[-largest, largest - 2].Sample(value =>
        {
            Assert.Equal(value, parameter.NumberAt(parameter.IndexOf(value)));
            Assert.Null(parameter.Check(value));
        });
    }

    [Fact]
    public void FromUnit_OfHugeRanges_StaysInside()
    {
        var wide = new FloatParameter("x", -8e307, 8e307);
        Assert.Equal(0, wide.FromUnit(0.5));
        Assert.Equal(8e307, wide.FromUnit(1));
        var log = new FloatParameter("x", 5e-324, double.MaxValue, Scale.Log);
        Assert.Equal(5e-324, log.FromUnit(0));
        Assert.Equal(double.MaxValue, log.FromUnit(1));
        Assert.InRange(log.FromUnit(0.5), 1e-9, 1e-7);
        Assert.Equal(double.MaxValue, log.FromUnit(Math.BitDecrement(1)), 1e297);
    }

    [Theory]
    [InlineData(Scale.Linear)]
    [InlineData(Scale.Log)]
    [InlineData(Scale.Logit)]
    public void FromUnit_OfAnIntervalOfOnePoint_IsThePoint(Scale scale)
    {
        var parameter = new FloatParameter("x", 0.25, 0.25, scale, prior: new NormalPrior(0.25, 0.1));
        Assert.Equal(1, parameter.Count);
        Assert.Equal(0.25, parameter.Default.AsDouble());
        Assert.Equal(0.5, parameter.ToUnit(0.25));
        foreach (var unit in (double[])[0, 0.3, 1])
        {
            Assert.Equal(0.25, parameter.FromUnit(unit));
            Assert.Equal(0.25, parameter.FromPrior(unit));
        }
    }

    [Theory]
    [InlineData(1e-3, 0.1, Scale.Log, 0.01)]
    [InlineData(1e-5, 1e3, Scale.Log, 0.1)]
    [InlineData(1, 10, Scale.Log, 3.16227766017)]    // the square root of 10
    [InlineData(0.1, 0.3, Scale.Linear, 0.2)]
    [InlineData(0.01, 0.99, Scale.Logit, 0.5)]
    [InlineData(0.1234567890123456, 0.1234567890123456, Scale.Linear, 0.1234567890123456)]
    public void Default_OfARange_IsTheMiddleAsAPersonWritesIt(double low, double high, Scale scale, double expected) =>
        Assert.Equal(expected, new FloatParameter("x", low, high, scale).Default.AsDouble());
}
