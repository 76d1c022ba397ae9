namespace Attune.Algorithms.Samplers;

/// <summary>How good a trial is among others: smaller is better.</summary>
/// <param name="Standing">0 for feasible trials, 1 for those that violate a constraint, 2 for failed and lost ones.</param>
/// <param name="Shortfall">The negative of the resource that was reached: what was worth more of it comes first.</param>
/// <param name="Value">The loss, or the total violation.</param>
/// <param name="Number">The number of the trial: ties go to the earlier.</param>
internal readonly record struct RankKey(int Standing, double Shortfall, double Value, int Number) : IComparable<RankKey>
{
    internal const int Feasible = 0;
    internal const int Infeasible = 1;
    internal const int Failed = 2;

    /// <inheritdoc/>
    public int CompareTo(RankKey other)
    {
        var order = Standing.CompareTo(other.Standing);
        if (order == 0)
            order = Shortfall.CompareTo(other.Shortfall);
        if (order == 0)
            order = Value.CompareTo(other.Value);
        return order == 0 ? Number.CompareTo(other.Number) : order;
    }
}
