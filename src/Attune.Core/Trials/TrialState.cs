namespace Attune;

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>Its number is reserved; the configuration is not yet proposed.</summary>
    Reserved,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>The scheduler paused it; it may go on later.</summary>
    Paused,

    /// <summary>It ran to its end and has a value for every objective.</summary>
    Completed,

    /// <summary>The scheduler stopped it at some resource; what it measured counts.</summary>
    Stopped,

    /// <summary>It failed by itself.</summary>
    Failed,

    /// <summary>Its worker disappeared.</summary>
    Lost,
}
