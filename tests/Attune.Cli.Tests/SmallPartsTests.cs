using System.Runtime.InteropServices;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;

namespace Attune.Cli.Tests;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData(0.04, "0.0s")]
    [InlineData(9.94, "9.9s")]
    [InlineData(9.96, "10s")]
    [InlineData(59.4, "59s")]
    [InlineData(59.7, "0m 59s")]
    [InlineData(65, "1m 05s")]
    [InlineData(3599, "59m 59s")]
    [InlineData(7380, "2h 03m")]
    [InlineData(180000, "2d 02h")]
    [InlineData(-3, "0.0s")]
    public void Duration_Span_HasTwoUnitsAtMost(double seconds, string text) =>
        Assert.Equal(text, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.1234567, "0.123457")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(123456789, "1.23457e+08")]
    public void Short_Number_HasSixDigits(double number, string text) => Assert.Equal(text, Figures.Short(number));

    [Theory]
    [InlineData("python train.py --rate 0.1", "python|train.py|--rate|0.1")]
    [InlineData("  a  'b c'  \"d e\" f' 'g '' ", "a|b c|d e|f g|")]
    public void Split_Command_KeepsQuotedWordsTogether(string text, string words) =>
        Assert.Equal(words, string.Join('|', CommandWords.Split(text)));

    [Fact]
    public void Line_ControlCharacters_AreReplaced() => Assert.Equal("a ⏎ b c�[1m", Plain.Line("a\nb\tc\u001b[1m\r"));

    [Fact]
    public void Signal_ThreeTimes_AsksThenHurriesThenLeavesItToTheSystem()
    {
        using var interruption = new Interruption();

        Assert.True(interruption.Signal(PosixSignal.SIGINT));
        Assert.True(interruption.Polite.IsCancellationRequested);
        Assert.False(interruption.AtOnce.IsCancellationRequested);
        Assert.True(interruption.Signal(PosixSignal.SIGINT));
        Assert.True(interruption.AtOnce.IsCancellationRequested);
        Assert.False(interruption.Signal(PosixSignal.SIGINT));
        Assert.Equal(ExitCode.Interrupted, interruption.ExitCode);
    }

    [Fact]
    public void Write_WideTable_CutsAtTheScreensEnd()
    {
        var table = new TextTable(new("n", IsNumber: true), new("text"));
        table.Add("1", "short");
        table.Add("10", "rather long for this screen");
        var writer = new StringWriter { NewLine = "\n" };

        table.Write(writer, 16);

        Assert.Equal(" n  text\n 1  short\n10  rather long…\n", writer.ToString());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    public void Write_Defect_ShowsDetailsOnlyWhenAsked(string? debug, bool hasDetails)
    {
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = TextWriter.Null, Error = error, In = TextReader.Null, Folder = "/", Variable = name =>
                name == "ATTUNE_DEBUG" ? debug : null,
        };

        var code = ErrorReport.Write(terminal, new InvalidOperationException("it cannot be"));

        Assert.Equal(ExitCode.Defect, code);
        Assert.StartsWith("attune: InvalidOperationException: it cannot be\n", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(hasDetails, error.ToString().Contains("System.InvalidOperationException", StringComparison.Ordinal));
        Assert.Equal(!hasDetails, error.ToString().Contains("ATTUNE_DEBUG=1 shows the details", StringComparison.Ordinal));
    }
}
