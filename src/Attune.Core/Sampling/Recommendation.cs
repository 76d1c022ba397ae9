namespace Attune.Sampling;

/// <summary>The evaluated configuration that a model holds to be the best, and what it knows of its value.</summary>
/// <param name="Trial">The number of the trial that holds it: feasible and completed.</param>
/// <param name="Mean">The predicted value without noise, in the objective's own direction.</param>
/// <param name="Low">The lower end of the interval in which the value without noise lies.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Level">The probability of the interval by the model, between 0 and 1.</param>
/// <param name="Method">How it was chosen, such as <c>posterior-mean</c>.</param>
public sealed record Recommendation(int Trial, double Mean, double Low, double High, double Level, string Method);
