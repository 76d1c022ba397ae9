using System.Globalization;

namespace Attune.Algorithms.Surrogates;

/// <summary>The hyperparameters of a Gaussian process: those of the joint and of the additive kernel, and the noise.</summary>
/// <param name="Lengths">The length scales of the joint kernel, one for each group of features, in units of the encoded interval.</param>
/// <param name="Signal">The variance of the joint part, in squared standardised losses.</param>
/// <param name="AdditiveLengths">The length scales of the additive kernel, one for each group; empty without an additive part.</param>
/// <param name="AdditiveSignal">The variance of the additive part; 0 without one.</param>
/// <param name="Noise">The variance of the noise.</param>
internal sealed record Hyperparameters(
    double[] Lengths, double Signal, double[] AdditiveLengths, double AdditiveSignal, double Noise)
{
    /// <summary>The shapes a and b of <see cref="InputWarping"/>, by turns, for each of <see cref="KernelFeatures.WarpedColumns"/>.
    /// </summary>
    internal double[] Warps { get; init; } = [];

    internal bool IsAdditive => AdditiveLengths.Length > 0;

    /// <summary>The prior variance of the function at a point.</summary>
    internal double Variance => Signal + AdditiveSignal;

    /// <summary>The logarithms: lengths, signal, noise, additive lengths and additive signal, then warps.</summary>
    internal double[] ToLogarithms()
    {
        double[] values = IsAdditive
            ? [.. Lengths, Signal, Noise, .. AdditiveLengths, AdditiveSignal, .. Warps]
            : [.. Lengths, Signal, Noise, .. Warps];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Log(values[i]);
        return values;
    }

    /// <summary>Undoes <see cref="ToLogarithms"/>.</summary>
    /// <param name="logarithms">The logarithms.</param>
    /// <param name="groups">The number of groups of features.</param>
    /// <param name="warps">How many of them are of warps, at the end.</param>
    internal static Hyperparameters FromLogarithms(ReadOnlySpan<double> logarithms, int groups, int warps = 0)
    {
        var values = new double[logarithms.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Exp(logarithms[i]);
        var end = values.Length - warps;
        var isAdditive = end > groups + 2;
        return new(
            values[..groups], values[groups], isAdditive ? values[(groups + 2)..(end - 1)] : [], isAdditive ? values[end - 1] : 0,
            values[groups + 1])
        {
            Warps = values[end..],
        };
    }

    /// <summary>The same to six digits, as annotations hold them: what is read back from the journal is then what was used.</summary>
    internal Hyperparameters Rounded() => new(
        [.. Lengths.Select(Round)], Round(Signal), [.. AdditiveLengths.Select(Round)], Round(AdditiveSignal), Round(Noise))
    {
        Warps = [.. Warps.Select(Round)],
    };

    internal static double Round(double value) =>
        double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
