using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

public sealed class RegexMetricsTests
{
    [Fact]
    public void Read_SeveralMatches_LastWins()
    {
        RegexMetrics metrics = new(
            new Dictionary<string, string> { ["loss"] = @"loss[=:] ?(\S+)", ["accuracy"] = @"acc (?<value>[\d.]+)%" });
        Assert.Empty(metrics.Read(new OutputLine("starting")));
        ReportedLine first = Assert.IsType<ReportedLine>(Assert.Single(metrics.Read(new OutputLine("loss=3 loss: 2.5 acc 80%"))));
        Assert.Equal(new Dictionary<string, double> { ["loss"] = 2.5, ["accuracy"] = 80 }, first.Metrics);
        ReportedLine last = Assert.IsType<ReportedLine>(Assert.Single(metrics.Read(new OutputLine("loss=-1e-2"))));
        Assert.Equal(new Dictionary<string, double> { ["loss"] = -0.01 }, last.Metrics);
    }

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("+1.5", 1.5)]
    public void Read_SpecialNumber_IsKept(string text, double expected)
    {
        RegexMetrics metrics = new(new Dictionary<string, string> { ["a"] = "a=(.*)" });
        ReportedLine line = Assert.IsType<ReportedLine>(Assert.Single(metrics.Read(new OutputLine("a=" + text))));
        Assert.Equal(expected, line.Metrics["a"]);
    }

    [Theory]
    [InlineData("oops")]
    [InlineData("1,234.5")]
    public void Read_MatchThatIsNoNumber_Warns(string text)
    {
        RegexMetrics metrics = new(new Dictionary<string, string> { ["a"] = "a=(.*)" });
        ReportWarning warning = Assert.IsType<ReportWarning>(Assert.Single(metrics.Read(new OutputLine("a=" + text))));
        Assert.Contains($"'{text}'", warning.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=", "0 groups")]
    [InlineData("(a)=(b)", "2 groups")]
    [InlineData("a=(", "not valid")]
    public void Constructor_WrongPattern_NamesMetric(string pattern, string reason)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new RegexMetrics(new Dictionary<string, string> { ["loss"] = pattern }));
        Assert.Contains("'loss'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedRepetition_IsLinear()
    {
        RegexMetrics metrics = new(new Dictionary<string, string> { ["a"] = "^(?:x+x+)+y=(.*)$" });
        Assert.Empty(metrics.Read(new OutputLine(new string('x', 20_000))));
    }

    [Fact]
    public void Read_NestedRepetitionThatNeedsBacktracking_WarnsOnce()
    {
        RegexMetrics metrics = new(new Dictionary<string, string> { ["a"] = @"^(?=x)(?:x+y?x*)+(\d)$" });
        OutputLine line = new(new string('x', 20_000));
        Assert.IsType<ReportWarning>(Assert.Single(metrics.Read(line)));
        Assert.Empty(metrics.Read(line));
    }
}
