namespace Attune.Programs;

/// <summary>Why a program does not run any more.</summary>
internal enum ProgramEnd
{
    /// <summary>It ended by itself.</summary>
    Finished,

    /// <summary>It reached its time limit and was ended.</summary>
    TimeLimit,

    /// <summary>It was ended on request.</summary>
    Stopped,
}
