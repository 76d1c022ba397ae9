using System.Globalization;
using System.Text.Json;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Calibration;

/// <summary>Fits a forest to each line of data and answers with its predicted means, so that other forests can be compared on the
/// same.</summary>
internal static class ForestPredictions
{
    /// <summary>
    /// Answers lines of the form <c>{"x": [[…], …], "y": […], "at": [[…], …]}</c>, with places in the unit cube, by an array of the
    /// predicted means at the last.
    /// </summary>
    internal static void Run(TextReader input, TextWriter output, RandomForestOptions options, ulong seed)
    {
        var surrogate = new RandomForestSurrogate(options);
        for (var line = 0UL; input.ReadLine() is { } text; line++)
        {
            var data = JsonElement.Parse(text);
            var y = data.GetProperty("y").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            var dimensions = data.GetProperty("x")[0].GetArrayLength();
            var space = new SearchSpace(Enumerable.Range(0, dimensions).Select(i => new FloatParameter(Name(i), 0, 1)));
            var posterior = surrogate.Fit(Points(space, data.GetProperty("x")), y, RandomKey.FromSeed(seed).Derive(0, line, 0));
            var at = Points(space, data.GetProperty("at"));
            var (means, variances) = (new double[at.Count], new double[at.Count]);
            posterior.Predict(at, means, variances);
            output.WriteLine($"[{string.Join(',', means.Select(mean => mean.ToString("R", CultureInfo.InvariantCulture)))}]");
        }
    }

    private static EncodedConfigurations Points(SearchSpace space, JsonElement rows) => new(space,
        [.. rows.EnumerateArray().Select(row => space.Configure(
            row.EnumerateArray().Select((value, i) => KeyValuePair.Create(Name(i), ParameterValue.Of(value.GetDouble())))))]);

    private static string Name(int parameter) => FormattableString.Invariant($"x{parameter}");
}
