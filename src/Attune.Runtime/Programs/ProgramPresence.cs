namespace Attune.Programs;

/// <summary>What can be said of a program that was started earlier, perhaps by another process.</summary>
internal enum ProgramPresence
{
    /// <summary>Nothing of it runs any more.</summary>
    Gone,

    /// <summary>It, or a process that it left behind in its session, still runs.</summary>
    Alive,

    /// <summary>It was started on another machine or in another container, so nothing can be said from here.</summary>
    Elsewhere,
}
