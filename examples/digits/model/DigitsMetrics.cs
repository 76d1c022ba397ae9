namespace Digits.Model;

/// <summary>How well a trained model does on images that it was not fitted to.</summary>
/// <param name="Accuracy">Share of images whose digit is found, 0 to 1.</param>
/// <param name="Loss">
/// Mean loss, at least 0: the multi-class hinge loss of a support-vector machine, the cross-entropy in nats of a logistic regression.
/// Compare it within one kind of model only.
/// </param>
public sealed record DigitsMetrics(double Accuracy, double Loss);
