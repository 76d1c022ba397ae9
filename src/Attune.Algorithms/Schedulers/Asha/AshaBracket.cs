using System.Collections.Immutable;

namespace Attune.Algorithms.Schedulers;

/// <summary>A bracket in which, at any time, the best ⌊n/η⌋ of the n trials of a rung may go on (Algorithm 2 of the paper).</summary>
internal class AshaBracket(Problem problem, ImmutableArray<double> levels, double eta) : RungBracket(problem, levels)
{
    /// <inheritdoc/>
    internal override int Quota(int rung) => RungLevels.Share(this[rung].Count, eta);
}
