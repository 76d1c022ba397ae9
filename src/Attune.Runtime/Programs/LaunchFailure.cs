namespace Attune.Programs;

/// <summary>Why a program could not be started.</summary>
internal enum LaunchFailureKind
{
    /// <summary>There is no such program.</summary>
    NotFound,

    /// <summary>The file is there but may not be run, or the program that would interpret it is missing.</summary>
    NotExecutable,

    /// <summary>The working folder does not exist or may not be entered.</summary>
    BadWorkingFolder,

    /// <summary>An argument or a variable cannot be passed to any program.</summary>
    BadArgument,

    /// <summary>The system refused: too many processes, no memory, arguments too long.</summary>
    Refused,
}

/// <summary>A program could not be started.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Message">What was found, where it was looked for, and what to do.</param>
internal sealed record LaunchFailure(LaunchFailureKind Kind, string Message);
