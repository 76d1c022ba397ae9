namespace Attune.Calibration;

/// <summary>How often intervals covered what they claim to cover.</summary>
/// <param name="Surrogate">The surrogate.</param>
/// <param name="Prior">The prior of the functions.</param>
/// <param name="Points">The number of different configurations.</param>
/// <param name="Repeats">How often each was measured.</param>
/// <param name="Noise">The true deviation of the noise.</param>
/// <param name="Interval">Which variance made the interval.</param>
/// <param name="Target">What was to be covered.</param>
/// <param name="Nominal">The claim.</param>
/// <param name="Covered">The share that was covered.</param>
/// <param name="Error">The standard error of that share, functions being the independent units.</param>
internal sealed record CoverageRow(
    string Surrogate, string Prior, int Points, int Repeats, double Noise, string Interval, string Target, double Nominal, double Covered,
    double Error);
