namespace Attune.Core.Tests.Spaces;

public sealed class ParameterMistakeTests
{
    [Theory]
    [InlineData(double.NaN, 1, Scale.Linear, null, "must be finite")]
    [InlineData(0, double.PositiveInfinity, Scale.Linear, null, "must be finite")]
    [InlineData(2, 1, Scale.Linear, null, "the low end 2 is above the high end 1")]
    [InlineData(-1e308, 1e308, Scale.Linear, null, "too wide to subtract")]
    [InlineData(0, 1, Scale.Log, null, "a log scale needs a positive range, but the low end is 0")]
    [InlineData(-1, 1, Scale.Log, null, "a log scale needs a positive range, but the low end is -1")]
    [InlineData(0, 0.5, Scale.Logit, null, "inside (0, 1), but it is 0 to 0.5")]
    [InlineData(0.5, 1, Scale.Logit, null, "inside (0, 1), but it is 0.5 to 1")]
    [InlineData(0, 1, (Scale)7, null, "the scale 7 is unknown")]
    [InlineData(0, 1, Scale.Linear, 2.0, "the step 2 is larger than the range 0 to 1")]
    [InlineData(0, 1, Scale.Linear, 0.0, "the step 0 must be positive")]
    [InlineData(0, 1, Scale.Linear, -0.1, "the step -0.1 must be positive")]
    [InlineData(0, 1, Scale.Linear, double.NaN, "the step NaN must be positive and finite")]
    [InlineData(0, 1e300, Scale.Linear, 1e-300, "makes more than 2^54 values")]
    [InlineData(0, 1.7e308, Scale.Linear, 1.7e308, "too wide to subtract")]
    public void FloatParameter_OfAnIllegalRange_SaysWhatIsWrong(double low, double high, Scale scale, double? step, string expected)
    {
        var exception = Assert.Throws<SpaceException>(() => new FloatParameter("rate", low, high, scale, step));
        Assert.StartsWith("Parameter 'rate': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal("rate", exception.Parameter);
    }

    [Fact]
    public void Constructor_WithAnIllegalDefault_SaysWhatIsAllowed()
    {
        Assert.Contains("2 lies outside the range 0 to 1", Mistake(() => new FloatParameter("x", 0, 1, defaultValue: 2)), StringComparison.Ordinal);
        Assert.Contains("nearest is 0.3", Mistake(() => new FloatParameter("x", 0, 1, step: 0.3, defaultValue: 0.35)), StringComparison.Ordinal);
        Assert.Contains("is not on the steps of 2", Mistake(() => new IntParameter("x", 0, 10, step: 2, defaultValue: 3)), StringComparison.Ordinal);
        Assert.Contains("'c' is not a choice; allowed are a, b", Mistake(() => new CategoricalParameter("x", ["a", "b"], "c")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Constructor_WithANameThatCannotBeKept_Throws(string name) =>
        Assert.Throws<SpaceException>(() => new IntParameter(name, 0, 1));

    [Fact]
    public void Constructor_WithHalfASurrogatePairInTheName_Throws()
    {
        Assert.Throws<SpaceException>(() => new IntParameter("a" + '\ud800', 0, 1));
        Assert.Throws<SpaceException>(() => new IntParameter('\udc00' + "a", 0, 1));
        Assert.Equal("🙂", new IntParameter("🙂", 0, 1).Name);
    }

    [Fact]
    public void IntParameter_BeyondExactIntegers_Throws()
    {
        Assert.Contains("±2^53", Mistake(() => new IntParameter("x", 0, (1L << 53) + 2)), StringComparison.Ordinal);
        Assert.Contains("±2^53", Mistake(() => new IntParameter("x", long.MinValue, 0)), StringComparison.Ordinal);
        Assert.Contains("log scale", Mistake(() => new IntParameter("x", 0, 10, Scale.Log)), StringComparison.Ordinal);
        Assert.Contains("logit", Mistake(() => new IntParameter("x", 1, 10, Scale.Logit)), StringComparison.Ordinal);
        Assert.Contains("step 0", Mistake(() => new IntParameter("x", 0, 10, step: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void ChoiceParameter_WithoutChoicesOrWithRepeatedOnes_Throws()
    {
        Assert.Contains("at least one choice", Mistake(() => new CategoricalParameter("x", [])), StringComparison.Ordinal);
        Assert.Contains("'a' stands twice", Mistake(() => new OrdinalParameter("x", ["a", "b", "a"])), StringComparison.Ordinal);
        Assert.Contains("surrogate", Mistake(() => new OrdinalParameter("x", ["a", "b" + '\udc00'])), StringComparison.Ordinal);
    }

    [Fact]
    public void Priors_ThatDoNotFit_SayWhy()
    {
        Assert.Contains("center 2 lies outside", Mistake(() => new FloatParameter("x", 0, 1, prior: new NormalPrior(2, 0.1))), StringComparison.Ordinal);
        Assert.Contains("spread 0 must be positive", Mistake(() => new FloatParameter("x", 0, 1, prior: new NormalPrior(0.5, 0))), StringComparison.Ordinal);
        Assert.Contains("spread NaN", Mistake(() => new FloatParameter("x", 0, 1, prior: new NormalPrior(0.5, double.NaN))), StringComparison.Ordinal);
        Assert.Contains("prior for choices", Mistake(() => new IntParameter("x", 0, 1, prior: new WeightPrior([1, 1]))), StringComparison.Ordinal);
        Assert.Contains("is for numbers", Mistake(() => new CategoricalParameter("x", ["a"], prior: new NormalPrior(0, 1))), StringComparison.Ordinal);
        Assert.Contains("1 weights for 2", Mistake(() => new CategoricalParameter("x", ["a", "b"], prior: new WeightPrior([1]))), StringComparison.Ordinal);
        Assert.Contains("0 weights for 1", Mistake(() => new CategoricalParameter("x", ["a"], prior: new WeightPrior(default))), StringComparison.Ordinal);
        foreach (double[] weights in (double[][])[[0, 0], [-1, 2], [double.NaN, 1], [double.MaxValue, double.MaxValue]])
            Assert.Contains("weights must be", Mistake(() => new OrdinalParameter("x", [1, 2], prior: new WeightPrior([.. weights]))), StringComparison.Ordinal);
    }

    [Fact]
    public void ToNumber_OfAnotherKind_SaysWhatIsAllowed()
    {
        Assert.Contains("'a' is not a number; allowed are 0 to 1", Mistake(() => new FloatParameter("x", 0, 1).ToNumber("a")), StringComparison.Ordinal);
        Assert.Contains("'0.5' is not an integer", Mistake(() => new IntParameter("x", 0, 1).ToNumber(0.5)), StringComparison.Ordinal);
        Assert.Contains("'true' is not an integer", Mistake(() => new IntParameter("x", 0, 1).ToNumber(true)), StringComparison.Ordinal);
        Assert.Equal(1, new IntParameter("x", 0, 1).ToNumber(1.0));
        Assert.Equal(1, new FloatParameter("x", 0, 1).ToNumber(1));
    }

    [Fact]
    public void ToNumber_OfOneAndOnePointNought_KeepsTheChoicesApart()
    {
        var both = new CategoricalParameter("x", [1, 1.0, "1"]);
        Assert.Equal([0, 1, 2], both.Choices.Select(both.ToNumber));
        var real = new CategoricalParameter("x", [0.5, 1.0]);
        Assert.Equal(1, real.ToNumber(1));
        Assert.Throws<SpaceException>(() => real.ToNumber("1"));
    }

    [Fact]
    public void ParameterValue_ThatIsNotFiniteOrExact_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of(double.NegativeInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of((1L << 53) + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterValue.Of(long.MinValue));
        Assert.NotEqual(ParameterValue.Of(1L), ParameterValue.Of(1.0));
        Assert.NotEqual(ParameterValue.Of("1"), ParameterValue.Of(1L));
        Assert.Contains("an integer, not a text", Assert.Throws<InvalidOperationException>(() => ParameterValue.Of(1L).AsText()).Message, StringComparison.Ordinal);
    }

    private static string Mistake(Func<object> make) => Assert.Throws<SpaceException>(make).Message;
}
