namespace Attune.Execution;

/// <summary>Somebody spoke for a trial that is no longer theirs. What was said is not recorded; nothing recorded before is lost.</summary>
/// <param name="trial">The number of the trial.</param>
/// <param name="message">What is the case, and what to do.</param>
public sealed class StaleTokenException(int trial, string message) : Exception(message)
{
    /// <summary>The number of the trial.</summary>
    public int Trial { get; } = trial;
}
