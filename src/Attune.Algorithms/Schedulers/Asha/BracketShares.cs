using System.Collections.Immutable;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Spreads new trials over brackets, each of which leaves out one more of the first rungs, in the proportions in which Hyperband begins
/// trials: bracket b with k rungs gets ⌈K·η^(k−1)/k⌉ of K rungs in all.
/// </summary>
/// <remarks>
/// The next trial goes where begun and due differ most, instead of being drawn: counts keep to the proportions within one trial, and the
/// choice follows from the journal.
/// </remarks>
internal sealed class BracketShares
{
    private readonly double[] _shares;
    private readonly int[] _begun;

    internal BracketShares(int brackets, int rungs, double eta)
    {
        _shares = [.. Enumerable.Range(0, brackets).Select(bracket => HyperbandTable.Trials(rungs, rungs - bracket - 1, eta))];
        _begun = new int[brackets];
    }

    internal void Begin(int bracket) => _begun[bracket]++;

    /// <summary>The bracket of the next trial (the highest averages of D'Hondt).</summary>
    internal int Next()
    {
        var best = 0;
        for (var bracket = 1; bracket < _begun.Length; bracket++)
        {
            if ((_begun[bracket] + 1) / _shares[bracket] < (_begun[best] + 1) / _shares[best])
                best = bracket;
        }

        return best;
    }

    /// <summary>The levels of each bracket.</summary>
    internal static ImmutableArray<double>[] Levels(ImmutableArray<double> levels, int brackets) =>
        [.. Enumerable.Range(0, brackets).Select(bracket => levels[bracket..])];
}
