using System.Text;
using Attune.Programs;
using CsCheck;

namespace Attune.Runtime.Tests.Programs;

public sealed class LineSplitterTests
{
    private static readonly Gen<string> Texts = Gen.String[Gen.Char["aé\n\n"], 0, 50];

    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("\n\na", "||a")]
    [InlineData("10%\r20%\r100%\ndone", "10%~|20%~|100%|done")]
    [InlineData("10%\r", "10%~")]
    [InlineData("", "")]
    public void TryRead_LineEnds_SplitAlikeInPiecesOfAnySize(string text, string expected)
    {
        for (int size = 1; size <= Math.Max(1, text.Length); size++)
        {
            List<OutputLine> lines = Split(Encoding.UTF8.GetBytes(text), size, 100);
            Assert.Equal(expected, string.Join('|', lines.Select(l => l.Text + (l.IsTransient ? "~" : ""))));
        }
    }

    [Fact]
    public void TryRead_AnyText_KeepsEveryLine() => Texts.Select(Gen.Int[1, 10]).Sample((text, size) =>
    {
        string joined = string.Concat(Split(Encoding.UTF8.GetBytes(text), size, 1_000).Select(l => l.Text + "\n"));
        Assert.Equal(text.Length == 0 || text.EndsWith('\n') ? text : text + "\n", joined);
    });

    [Fact]
    public void TryRead_LongLine_IsCutAndTheNextIsWhole() =>
        Assert.Equal([new OutputLine("aaaa", IsCut: true), new OutputLine("b")], Split("aaaaaaaaa\nb"u8.ToArray(), 3, 4));

    [Fact]
    public void TryRead_InvalidBytes_AreReplaced() =>
        Assert.Equal([new OutputLine("a\uFFFDb")], Split([(byte)'a', 0xFF, (byte)'b', (byte)'\n'], 2, 100));

    private static List<OutputLine> Split(byte[] bytes, int size, int maximum)
    {
        LineSplitter splitter = new(maximum);
        List<OutputLine> lines = [];
        foreach (byte[] piece in bytes.Chunk(size))
        {
            ReadOnlySpan<byte> left = piece;
            while (splitter.TryRead(ref left, out OutputLine line))
                lines.Add(line);
        }

        if (splitter.TryFinish(out OutputLine last))
            lines.Add(last);
        return lines;
    }
}
