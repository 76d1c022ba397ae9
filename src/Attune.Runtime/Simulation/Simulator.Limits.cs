namespace Attune.Simulation;

/// <content>Where the budget ends the simulation.</content>
internal sealed partial class Simulator
{
    /// <summary>Whether the budget is spent before a moment; then the clock stands where it is spent.</summary>
    private bool IsSpentBefore(long next, SimulationLimits limits)
    {
        if (limits.Resource <= limits.ResourceTolerance)
            return End(StopReason.Resource);
        if (limits.Cost <= 0)
            return End(StopReason.Cost);
        var timeEnd = limits.Time is { } time ? clock.Ticks + time.Ticks : long.MaxValue;
        var costEnd = CostEnd(limits);
        if (Math.Min(timeEnd, costEnd) >= next)
            return false;
        clock.AdvanceTo(Math.Min(timeEnd, costEnd));
        return End(timeEnd <= costEnd ? StopReason.WallClock : StopReason.Cost);
    }

    /// <summary>When the runs under way have spent the rest of the cost, where cost is their time.</summary>
    private long CostEnd(SimulationLimits limits)
    {
        if (limits.Cost is not { } cost || limits.HasCostMetric)
            return long.MaxValue;

        // The free do not cost anything; of the others each has cost (now − charged), and goes on to.
        var busy = _agenda.Count;
        var end = Math.Ceiling(((cost * TimeSpan.TicksPerSecond) + (double)_charged) / busy);
        return end < long.MaxValue ? Math.Max((long)end, clock.Ticks) : long.MaxValue;
    }

    private bool IsExceededBy(SimulatedRun run, Measurement measurement, SimulationLimits limits)
    {
        if (limits.IsResourceExceededBy((measurement.Resource ?? 0) - run.CountedResource))
            return End(StopReason.Resource);
        return limits.IsCostExceededBy((CostOf(run, measurement) ?? 0) - run.CountedCost) && End(StopReason.Cost);
    }

    // The same resources come again and again, and a journal may hold a million of these.

    private static double? CostOf(SimulatedRun run, Measurement measurement) =>
        run.Assignment.Problem.CostMetric is { } metric && measurement.Metrics.TryGet(metric, out var cost) ? cost : null;
}
