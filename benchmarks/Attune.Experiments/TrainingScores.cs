namespace Attune.Experiments;

/// <summary>How good a training run was.</summary>
/// <param name="Validation">The mean loss on the validation images, which a search sees.</param>
/// <param name="Test">The mean loss on the test images, which it never sees.</param>
/// <param name="TestError">The share of test images whose digit is not found, 0 to 1.</param>
internal sealed record TrainingScores(double Validation, double Test, double TestError);
