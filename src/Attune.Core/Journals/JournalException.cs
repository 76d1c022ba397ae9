namespace Attune.Journals;

/// <summary>A store failed. Nothing that was finished before is lost; the message says what to do.</summary>
/// <param name="fault">What is the matter.</param>
/// <param name="message">What happened and what to do.</param>
/// <param name="innerException">The error underneath; null for none.</param>
public sealed class JournalException(JournalFault fault, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What is the matter.</summary>
    public JournalFault Fault { get; } = fault;
}
