namespace Attune.Comparison;

/// <summary>The best values of a method's runs on a problem after a number of trials, in the problem's own direction.</summary>
/// <param name="Seeds">How many runs.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Their median.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="AskSeconds">The median seconds of a suggestion; null when they were not taken.</param>
public sealed record BaselineScore(int Seeds, double Mean, double Median, double Deviation, double? AskSeconds);
