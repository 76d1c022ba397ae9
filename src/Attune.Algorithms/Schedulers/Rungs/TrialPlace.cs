namespace Attune.Algorithms.Schedulers;

/// <summary>Where a trial stands in its bracket, from observed events alone. Small: a study may have a million of them.</summary>
internal struct TrialPlace
{
    /// <summary>The bracket, from 0.</summary>
    internal int Bracket;

    /// <summary>The handle of its entry in the rung; only with <see cref="HasEntry"/>.</summary>
    internal int Entry;

    /// <summary>The rung to which it runs or at which it stands.</summary>
    internal byte Rung;

    /// <summary>Whether it counts in that rung.</summary>
    internal bool HasEntry;

    /// <summary>Whether it has reached the rung's resource in its present run.</summary>
    internal bool HasReached;

    /// <summary>Whether it has completed by itself.</summary>
    internal bool IsDone;

    /// <summary>Whether it was not good enough to go on.</summary>
    internal bool IsToStop;
}
