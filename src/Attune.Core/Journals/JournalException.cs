namespace Attune.Journals;

/// <summary>What is the matter with a store.</summary>
public enum JournalFault
{
    /// <summary>The study does not exist.</summary>
    NotFound,

    /// <summary>A study of that name exists already.</summary>
    Exists,

    /// <summary>The store cannot be opened or reached.</summary>
    Unavailable,

    /// <summary>The store cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The store is damaged, or is no store.</summary>
    Damaged,

    /// <summary>The store was written by a newer version.</summary>
    NewerFormat,

    /// <summary>The turn to write did not come in time.</summary>
    Busy,
}

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
