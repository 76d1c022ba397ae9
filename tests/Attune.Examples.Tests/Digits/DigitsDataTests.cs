using Digits.Model;

namespace Attune.Examples.Tests.Digits;

public sealed class DigitsDataTests
{
    // Rows of each digit in the file, counted by `cut -d, -f65 digits.csv | sort | uniq -c`.
    private static readonly int[] RowsPerDigit = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];

    private static readonly string BlankImage = string.Concat(Enumerable.Repeat("0,", DigitImage.PixelCount));

    [Fact]
    public void Load_WholeFile_SplitsEveryDigitIntoSixtyTwentyTwenty()
    {
        var data = DigitsData.Load();

        for (var digit = 0; digit < RowsPerDigit.Length; digit++)
        {
            int[] counts = [Count(data.Training, digit), Count(data.Validation, digit), Count(data.Test, digit)];
            Assert.Equal(RowsPerDigit[digit], counts.Sum());
            Assert.InRange(counts[0] - (0.6 * RowsPerDigit[digit]), -1, 2);
            Assert.InRange(counts[1] - (0.2 * RowsPerDigit[digit]), -1, 1);
            Assert.InRange(counts[2] - (0.2 * RowsPerDigit[digit]), -1, 1);
        }
    }

    [Fact]
    public void Load_WholeFile_HoldsPixelsBetweenPaperAndInk()
    {
        var data = DigitsData.Load();

        var pixels = data.Training.Concat(data.Validation).Concat(data.Test).SelectMany(image => image.Features).ToArray();
        Assert.Equal(1797 * DigitImage.PixelCount, pixels.Length);
        Assert.Equal(0f, pixels.Min());
        Assert.Equal(1f, pixels.Max());
    }

    public static TheoryData<string, string[]> DamagedLines => new()
    {
        { "0,1,2", ["Line 2", "3 columns"] },
        { $"0,{BlankImage}1", ["Line 2", "66 columns"] },
        { $"{BlankImage}10", ["Line 2", "column 65", "'10'", "0 to 9"] },
        { $"{BlankImage}", ["Line 2", "column 65", "''"] },
        { $"17{BlankImage[1..]}1", ["Line 2", "column 1 ", "'17'", "0 to 16"] },
        { $"-1{BlankImage[1..]}1", ["Line 2", "column 1 ", "'-1'", "0 to 16"] },
    };

    [Theory]
    [MemberData(nameof(DamagedLines))]
    public void Read_DamagedLine_NamesThePlaceAndWhatIsAllowed(string damaged, string[] expected)
    {
        using var reader = new StringReader($"{BlankImage}3\n{damaged}\n");

        var exception = Assert.Throws<InvalidDataException>(() => DigitsData.Read(reader));

        Assert.All(expected, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    private static int Count(IEnumerable<DigitImage> images, int digit) => images.Count(image => image.Label == digit);
}
