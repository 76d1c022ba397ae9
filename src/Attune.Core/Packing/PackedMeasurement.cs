namespace Attune.Packing;

/// <summary>
/// Measurements as numbers: the metrics in the order of their names, the resource and the elapsed time, NaN for what was not given.
/// </summary>
internal static class PackedMeasurement
{
    /// <summary>Whether a measurement has nothing that is no number.</summary>
    internal static bool CanWrite(Measurement measurement) => measurement is { Instance: null, Replicate: 0, StandardErrors: null };

    internal static void Write(ref NumberWriter numbers, Measurement measurement)
    {
        for (var i = 0; i < measurement.Metrics.Count; i++)
            numbers.Add(measurement.Metrics.At(i).Value);
        numbers.Add(measurement.Resource ?? double.NaN);
        numbers.Add(measurement.Elapsed ?? double.NaN);
    }

    internal static Measurement Read(MetricNames names, ReadOnlySpan<double> numbers, int sequence, int attempt) =>
        new(new MetricValues(names, numbers))
        {
            Sequence = sequence,
            Attempt = attempt,
            Resource = OrNull(numbers[names.Count]),
            Elapsed = OrNull(numbers[names.Count + 1]),
        };

    internal static double? OrNull(double number) => double.IsNaN(number) ? null : number;
}
