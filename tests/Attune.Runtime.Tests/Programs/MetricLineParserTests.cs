using System.Globalization;
using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

public sealed class MetricLineParserTests
{
    [Fact]
    public void Parse_AllKeys_AreRead()
    {
        ReportedLine line = Read(
            """attune: {"resource": 3, "instance": "fold-1", "replicate": 2, "accuracy": 0.91, "loss": 1e-3, """
            + """ "standard_errors": {"loss": 0.25}, "checkpoint": "/a b/c"}""");
        Assert.Equal(new Dictionary<string, double> { ["accuracy"] = 0.91, ["loss"] = 0.001 }, line.Metrics);
        Assert.Equal((3.0, "fold-1", 2L, "/a b/c"), (line.Resource, line.Instance, line.Replicate, line.Checkpoint));
        Assert.Equal(0.25, line.StandardErrors!["loss"]);
    }

    [Theory]
    [InlineData("  attune:{\"a\":1}\r")]
    [InlineData("attune:   { \"a\" : 1 }  ")]
    public void Parse_BlanksAround_AreIgnored(string line) => Assert.Equal(1, Read(line).Metrics["a"]);

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("\"nan\"", double.NaN)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("\"inf\"", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-1.5E+2", -150)]
    public void Parse_Number_IsKeptAsItIs(string json, double expected) =>
        Assert.Equal(expected, Read("attune: {\"NaN\": 1, \"a\": " + json + "}").Metrics["a"]);

    [Theory]
    [InlineData("accuracy: 0.9")]
    [InlineData("{\"accuracy\": 0.9}")]
    [InlineData("see attune: {\"a\": 1}")]
    [InlineData("")]
    public void Parse_OtherLine_IsNoReport(string line) => Assert.Null(MetricLineParser.Parse(new OutputLine(line)));

    [Theory]
    [InlineData("attune:", "a JSON object must follow")]
    [InlineData("attune: accuracy=0.9", "a JSON object must follow")]
    [InlineData("attune: [1]", "a JSON object must follow")]
    [InlineData("attune: {\"a\": 1", "not valid JSON")]
    [InlineData("attune: {'a': 1}", "not valid JSON")]
    [InlineData("attune: {\"a\": 1} x", "not valid JSON")]
    [InlineData("attune: {\"a\": 0,91}", "not valid JSON")]
    [InlineData("attune: {\"a\": [[[[[1]]]]]}", "not valid JSON")]
    [InlineData("attune: {}", "neither a metric nor a checkpoint")]
    [InlineData("attune: {\"resource\": 1}", "neither a metric nor a checkpoint")]
    [InlineData("attune: {\"a\": 1, \"a\": 2}", "'a' is there twice")]
    [InlineData("attune: {\"\": 1}", "a name is empty")]
    [InlineData("attune: {\"a\": \"0.9\"}", "'a' is \"0.9\"; a number is needed")]
    [InlineData("attune: {\"a\": true}", "'a' is true; a number is needed")]
    [InlineData("attune: {\"a\": null}", "'a' is null; a number is needed")]
    [InlineData("attune: {\"a\": {\"b\": 1}}", "'a' is an object; a number is needed")]
    [InlineData("attune: {\"a\": 1, \"resource\": -1}", "'resource' is -1; a finite number that is not negative")]
    [InlineData("attune: {\"a\": 1, \"resource\": NaN}", "'resource' is \"NaN\"; a finite number")]
    [InlineData("attune: {\"a\": 1, \"replicate\": 1.5}", "'replicate' is 1.5; a whole number from 0")]
    [InlineData("attune: {\"a\": 1, \"instance\": \"\"}", "'instance' is \"\"; a name or a whole number")]
    [InlineData("attune: {\"a\": 1, \"checkpoint\": 3}", "'checkpoint' is 3; a path in quotes")]
    [InlineData("attune: {\"a\": 1, \"standard_errors\": 0.1}", "'standard_errors' is 0.1; an object of numbers")]
    [InlineData("attune: {\"a\": 1, \"standard_errors\": {\"b\": 0.1}}", "standard_errors names 'b', which is no metric")]
    [InlineData("attune: {\"a\": 1, \"standard_errors\": {\"a\": -0.1}}", "'standard_errors.a' is -0.1")]
    [InlineData("attune: {\"a\": \"\\ud800\"}", "")]
    [InlineData("attune: {\"\\ud800\": 1}", "")]
    public void Parse_MalformedReport_GivesWarningWithReason(string line, string reason)
    {
        ReportWarning warning = Assert.IsType<ReportWarning>(MetricLineParser.Parse(new OutputLine(line)));
        Assert.Contains(reason, warning.Reason, StringComparison.Ordinal);
        Assert.Contains("The line: ", warning.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_CutLine_GivesWarning() =>
        Assert.IsType<ReportWarning>(MetricLineParser.Parse(new OutputLine("attune: {\"a\": 1}", IsCut: true)));

    [Fact]
    public void Parse_CultureWithDecimalComma_ReadsPoint()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(0.91, Read("attune: {\"a\": 0.91, \"resource\": 1.5}").Metrics["a"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ReportedLine Read(string line) => Assert.IsType<ReportedLine>(MetricLineParser.Parse(new OutputLine(line)));
}
