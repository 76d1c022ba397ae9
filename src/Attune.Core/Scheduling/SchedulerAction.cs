namespace Attune.Scheduling;

/// <summary>What a free worker is to do next.</summary>
public abstract record SchedulerAction
{
    private SchedulerAction()
    {
    }

    /// <summary>Start a new trial, whose configuration the sampler proposes.</summary>
    /// <param name="Resource">The resource up to which it is to run, in units of the first fidelity; null for the whole.</param>
    /// <param name="Step">Its place; null for none.</param>
    public sealed record Start(double? Resource = null, ScheduleStep? Step = null) : SchedulerAction;

    /// <summary>Resume a paused trial.</summary>
    /// <param name="Trial">The number of the trial.</param>
    /// <param name="Resource">The resource up to which it is to run; null for the whole.</param>
    /// <param name="Step">Its place; null for none.</param>
    /// <param name="Configuration">A new configuration; null to keep the old one.</param>
    public sealed record Resume(int Trial, double? Resource = null, ScheduleStep? Step = null, Configuration? Configuration = null)
        : SchedulerAction;

    /// <summary>Nothing now: ask again after the next event.</summary>
    public sealed record Wait : SchedulerAction;

    /// <summary>Nothing ever: the schedule is complete.</summary>
    public sealed record Finish : SchedulerAction;
}
