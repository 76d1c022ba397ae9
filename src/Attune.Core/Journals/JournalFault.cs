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
