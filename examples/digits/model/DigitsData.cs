using System.Globalization;

namespace Digits.Model;

/// <summary>
/// The digits, split once and for all into 60 % for training, 20 % for validation (the search sees its score) and 20 % for the test (it
/// does not).
/// </summary>
/// <remarks>
/// The split is stratified and knows no seed: of every five images of a digit, in the order of the file, three go to the training part,
/// one to the validation part and one to the test part. So every trial is measured on the same images, whatever its own seed is.
/// </remarks>
public sealed class DigitsData
{
    private const uint InkValue = 16;

    private DigitsData(IReadOnlyList<DigitImage> training, IReadOnlyList<DigitImage> validation, IReadOnlyList<DigitImage> test)
    {
        Training = training;
        Validation = validation;
        Test = test;
    }

    /// <summary>Images to fit a model to.</summary>
    public IReadOnlyList<DigitImage> Training { get; }

    /// <summary>Images to choose hyperparameters by.</summary>
    public IReadOnlyList<DigitImage> Validation { get; }

    /// <summary>Images to judge the chosen hyperparameters by, once.</summary>
    public IReadOnlyList<DigitImage> Test { get; }

    /// <summary>Reads <c>digits.csv</c>, which the build puts beside the program.</summary>
    /// <returns>The split data.</returns>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static DigitsData Load()
    {
        using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "digits.csv"));
        return Read(reader);
    }

    /// <summary>Reads images, one a line: 64 values from 0 to 16 and the digit, separated by commas.</summary>
    /// <param name="reader">Where the lines come from.</param>
    /// <returns>The split data.</returns>
    /// <exception cref="InvalidDataException">A line is not of this form; the message says which one.</exception>
    public static DigitsData Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        List<DigitImage> training = [], validation = [], test = [];
        var seen = new int[DigitImage.ClassCount];
        var lineNumber = 0;
        while (reader.ReadLine() is { } line)
        {
            lineNumber++;
            var image = Parse(line, lineNumber);
            var part = (seen[image.Label]++ % 5) switch { 3 => validation, 4 => test, _ => training };
            part.Add(image);
        }

        return new DigitsData(training, validation, test);
    }

    private static DigitImage Parse(string line, int lineNumber)
    {
        var cells = line.Split(',');
        if (cells.Length != DigitImage.PixelCount + 1)
        {
            throw new InvalidDataException(
                $"Line {lineNumber} of the digits has {cells.Length} columns, allowed are 64 pixels and the digit: 65.");
        }

        var pixels = new float[DigitImage.PixelCount];
        for (var column = 0; column < pixels.Length; column++)
            pixels[column] = ParseCell(cells, column, InkValue, lineNumber) / (float)InkValue;
        return new DigitImage { Features = pixels, Label = ParseCell(cells, DigitImage.PixelCount, DigitImage.ClassCount - 1, lineNumber) };
    }

    private static uint ParseCell(string[] cells, int column, uint highest, int lineNumber) =>
        uint.TryParse(cells[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= highest
            ? value
            : throw new InvalidDataException(
                $"Line {lineNumber}, column {column + 1} of the digits holds '{cells[column]}', "
                + $"allowed are whole numbers from 0 to {highest}.");
}
