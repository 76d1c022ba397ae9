namespace Attune.Calibration;

/// <summary>How the estimated noise variance, as a share of the true one, narrows as repeats grow.</summary>
/// <param name="Surrogate">The surrogate.</param>
/// <param name="Repeats">How often each of 12 configurations was measured.</param>
/// <param name="Low">The tenth percentile over functions.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The ninetieth percentile.</param>
internal sealed record NoiseConvergence(string Surrogate, int Repeats, double Low, double Median, double High)
{
    private const int Points = 12;
    private const double Noise = 0.4;

    internal static IEnumerable<NoiseConvergence> Of(string name, int draws, ulong seed, int jobs)
    {
        foreach (var repeats in new[] { 1, 2, 4, 8, 16, 32 })
        {
            var setting = new Setting(Priors.All[0], Points, repeats, Noise);
            var shares = CoverageMeasurement.Of(name, Surrogates.All[name], setting, draws, seed, jobs).NoiseShares;
            yield return new(name, repeats, shares[draws / 10], shares[draws / 2], shares[draws - 1 - (draws / 10)]);
        }
    }
}
