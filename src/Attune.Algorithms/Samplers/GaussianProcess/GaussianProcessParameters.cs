using System.Globalization;

namespace Attune.Algorithms.Samplers;

/// <summary>The hyperparameters θ of a Gaussian process: a length scale ℓ for each parameter of the space, signal variance σ², noise
/// variance.</summary>
/// <param name="Lengths">ℓ, one for each parameter, in units of its encoded interval.</param>
/// <param name="Signal">σ², the variance of the function, in squared standardised losses.</param>
/// <param name="Noise">The variance of the noise, likewise.</param>
internal sealed record GaussianProcessParameters(double[] Lengths, double Signal, double Noise)
{
    /// <summary>The logarithms: lengths, signal, noise.</summary>
    internal double[] ToLogarithms() => [.. Lengths.Select(length => Math.Log(length)), Math.Log(Signal), Math.Log(Noise)];

    internal static GaussianProcessParameters FromLogarithms(ReadOnlySpan<double> logarithms)
    {
        var lengths = new double[logarithms.Length - 2];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = Math.Exp(logarithms[i]);
        return new(lengths, Math.Exp(logarithms[^2]), Math.Exp(logarithms[^1]));
    }

    /// <summary>The same to six digits, as annotations hold them: what is read back from the journal is then what was used.</summary>
    internal GaussianProcessParameters Rounded() => new([.. Lengths.Select(length => Round(length))], Round(Signal), Round(Noise));

    internal static double Round(double value) =>
        double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
