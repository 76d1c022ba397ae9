using Attune.Events;
using Attune.Execution;

namespace Attune.Studies;

/// <summary>What an asker is told.</summary>
internal abstract record Turn
{
    private Turn()
    {
    }

    /// <summary>Run this.</summary>
    internal sealed record Run(Assignment Assignment) : Turn;

    /// <summary>A number is reserved for you; propose its configuration.</summary>
    internal sealed record Propose(int Trial, int Token, long Basis) : Turn;

    /// <summary>End this program first, then ask again.</summary>
    internal sealed record EndSurvivor(Launched Program) : Turn;

    /// <summary>Nothing now; others are at work, so ask again after the next event.</summary>
    internal sealed record Wait : Turn;

    /// <summary>Nothing more.</summary>
    internal sealed record Finish(StopReason Reason) : Turn;
}
