using System.Globalization;
using System.Text.Json;
using Digits.Trainer;

namespace Attune.Examples.Tests.Digits;

public sealed class MetricsLineTests
{
    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("fa-IR")]
    public void Format_AnyCulture_IsJsonWithTheSameBits(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        var line = MetricsLine.Format(("accuracy", 0.1 + 0.2), ("loss", -1.25e-17));

        Assert.StartsWith("attune: {", line, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(line[MetricsLine.Prefix.Length..]);
        Assert.Equal(0.1 + 0.2, document.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(-1.25e-17, document.RootElement.GetProperty("loss").GetDouble());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Format_NotFinite_NamesTheMetric(double value)
    {
        var exception = Assert.Throws<ArgumentException>(() => MetricsLine.Format(("accuracy", 1), ("loss", value)));

        Assert.Contains("loss", exception.Message, StringComparison.Ordinal);
    }
}
