using System.Globalization;

namespace Attune.Comparison;

/// <summary>The mean over strata (problems) of the means within them, with its standard error over what varies within.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Error">The standard error; null when a stratum has one value only.</param>
internal readonly record struct MeanWithError(double Mean, double? Error)
{
    /// <summary>Counts.</summary>
    /// <param name="strata">The values of each stratum, at least one each.</param>
    internal static MeanWithError Of(double[][] strata)
    {
        var mean = strata.Average(values => values.Average());
        if (Array.Exists(strata, values => values.Length < 2))
            return new(mean, null);
        var variance = strata.Sum(values =>
        {
            var center = values.Average();
            return values.Sum(value => (value - center) * (value - center)) / (values.Length - 1) / values.Length;
        });
        return new(mean, Math.Sqrt(variance) / strata.Length);
    }

    /// <summary>Such as <c>94.61 ± 0.24</c>: four significant digits of the mean at least, two of the error.</summary>
    public override string ToString()
    {
        if (Error is not { } error)
            return Mean.ToString("G5", CultureInfo.InvariantCulture);
        var digits = error > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(error)), 0, 6) : 2;
        var format = "F" + digits.ToString(CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Mean.ToString(format, CultureInfo.InvariantCulture)} ± {error.ToString(format, CultureInfo.InvariantCulture)}");
    }
}
