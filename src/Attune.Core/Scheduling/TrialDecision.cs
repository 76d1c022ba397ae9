namespace Attune.Scheduling;

/// <summary>What becomes of a running trial after a measurement.</summary>
public enum TrialDecision
{
    /// <summary>It goes on.</summary>
    Continue,

    /// <summary>It saves its state and leaves; it may be resumed later.</summary>
    Pause,

    /// <summary>It ends here; what it measured counts.</summary>
    Stop,
}
