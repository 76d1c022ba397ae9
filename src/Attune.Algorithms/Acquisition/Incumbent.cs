namespace Attune.Algorithms.Acquisition;

/// <summary>Checks what acquisition functions are made from.</summary>
internal static class Incumbent
{
    internal static double Check(double incumbent) => double.IsFinite(incumbent)
        ? incumbent
        : throw new ArgumentOutOfRangeException(nameof(incumbent), incumbent, "The loss to improve on must be finite.");
}
