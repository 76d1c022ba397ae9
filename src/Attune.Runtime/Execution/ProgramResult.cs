namespace Attune.Execution;

/// <summary>How a program that ran once, beside the trials, ended.</summary>
/// <param name="Metrics">The last finite value of each metric that it reported.</param>
/// <param name="Failure">Why it is not to be relied on, with its last lines; null when it ended well.</param>
/// <param name="Elapsed">How long it ran.</param>
/// <param name="Folder">Where its logs stand.</param>
/// <param name="Warnings">Lines that were meant as reports but could not be used, and logs that could not be written.</param>
public sealed record ProgramResult(MetricValues Metrics, Failure? Failure, TimeSpan Elapsed, string Folder, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether it ended well.</summary>
    public bool IsSuccess => Failure is null;
}
