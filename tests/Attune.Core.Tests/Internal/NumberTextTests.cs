using Attune.Internal;

namespace Attune.Core.Tests.Internal;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.1234567, "0.123457")]
    [InlineData(6.611908347584576e-05, "6.61191e-05")]
    [InlineData(1.5e-05, "1.5e-05")]
    [InlineData(-1e300, "-1e+300")]
    [InlineData(123456, "123456")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    public void Short_AnyNumber_GivesSixDigitsAtMost(double value, string expected) => Assert.Equal(expected, NumberText.Short(value));

    [Theory]
    [InlineData(0.1)]
    [InlineData(6.611908347584576e-05)]
    [InlineData(-1.7976931348623157e+308)]
    [InlineData(5e-324)]
    public void Exact_AnyNumber_ReadsAsTheSameNumber(double value)
    {
        var text = NumberText.Exact(value);
        Assert.Equal(value, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain('E', text);
    }
}
