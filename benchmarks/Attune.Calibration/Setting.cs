namespace Attune.Calibration;

/// <summary>What is measured: so many configurations of functions from a prior, each so often, with so much noise.</summary>
/// <param name="Prior">The prior.</param>
/// <param name="Points">The number of different configurations.</param>
/// <param name="Repeats">How often each is measured.</param>
/// <param name="Noise">The deviation of the noise; that of the functions is 1.</param>
internal sealed record Setting(IPrior Prior, int Points, int Repeats, double Noise);
