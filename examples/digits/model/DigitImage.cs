using Microsoft.ML.Data;

namespace Digits.Model;

/// <summary>One image of the data set, in the shape that ML.NET reads by reflection.</summary>
public sealed class DigitImage
{
    /// <summary>Number of pixels of an image: 8 × 8.</summary>
    public const int PixelCount = 64;

    /// <summary>Number of classes: the digits 0 to 9.</summary>
    public const int ClassCount = 10;

    /// <summary>Grey values, row by row, from 0 (paper) to 1 (ink).</summary>
    [VectorType(PixelCount)]
    public required float[] Features { get; init; }

    /// <summary>The digit, 0 to 9. ML.NET calls a class number that is read from memory a key, and counts it from zero.</summary>
    [KeyType(ClassCount)]
    public required uint Label { get; init; }
}
