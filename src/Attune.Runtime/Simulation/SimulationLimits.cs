using Attune.Studies;

namespace Attune.Simulation;

/// <summary>What the budget leaves at a moment of a simulation, runs that have not reported since not counted.</summary>
/// <param name="Time">How long any worker may be alive still; null without a limit.</param>
/// <param name="Resource">How much resource may be spent still; null without a limit.</param>
/// <param name="Cost">How much cost; null without a limit.</param>
/// <param name="ResourceTolerance">By how much sums of resource may be off by rounding.</param>
/// <param name="HasCostMetric">Whether cost is what a metric says, and not time.</param>
internal readonly record struct SimulationLimits(
    TimeSpan? Time, double? Resource, double? Cost, double ResourceTolerance, bool HasCostMetric)
{
    private const double Rounding = 1e-9;

    internal static SimulationLimits Of(Recorder recorder)
    {
        var history = recorder.History;
        var budget = history.Budget;
        return new(
            BudgetCheck.TimeLeft(recorder), budget.Resource - history.ResourceSpent, budget.Cost - history.CostSpent,
            Rounding * (budget.Resource ?? 0), history.Problem.CostMetric is not null);
    }

    /// <summary>Whether a charge of resource is more than what is left.</summary>
    internal bool IsResourceExceededBy(double charge) => charge > Resource + ResourceTolerance;

    /// <summary>Whether a charge of cost is more than what is left.</summary>
    internal bool IsCostExceededBy(double charge) => charge > Cost;
}
