using System.Collections.Immutable;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>A problem as reports see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">The group over which scores are averaged.</param>
/// <param name="Direction">Which way the objective is better.</param>
/// <param name="Ranges">For several objectives, their ranges; empty for one.</param>
internal sealed record ReportProblem(string Name, string Group, Direction Direction, ImmutableArray<ObjectiveRange> Ranges)
{
    /// <summary>The loss that counts as the whole gap closed.</summary>
    internal double BestLoss { get; init; }

    /// <summary>Where it comes from.</summary>
    internal string BestSource { get; init; } = "";

    internal double Orient(double value) => Direction == Direction.Maximize ? -value : value;

    /// <summary>A loss in the problem's own direction; for several objectives, the normalised hypervolume.</summary>
    internal double Show(double loss) => Ranges.Length > 0 ? 1 - loss : Orient(loss);
}
