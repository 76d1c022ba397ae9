namespace Attune.Comparison;

/// <summary>A critical-difference diagram: average ranks on a line, and bars that join methods which cannot be told apart (J. Demšar, JMLR
/// 7, 2006).</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Ranks">The average rank of each method, from the best to the worst.</param>
/// <param name="CriticalDifference">By how much ranks must differ.</param>
public sealed record RankFigure(string Title, IReadOnlyList<(string Method, double Rank)> Ranks, double CriticalDifference)
{
    /// <summary>The longest stretches of methods within the critical difference, as places in <see cref="Ranks"/>, both ends
    /// included.</summary>
    public IReadOnlyList<(int First, int Last)> Cliques()
    {
        var cliques = new List<(int First, int Last)>();
        for (var first = 0; first < Ranks.Count; first++)
        {
            var last = first;
            while (last + 1 < Ranks.Count && Ranks[last + 1].Rank - Ranks[first].Rank <= CriticalDifference)
                last++;
            if (last > first && (cliques.Count == 0 || last > cliques[^1].Last))
                cliques.Add((first, last));
        }

        return cliques;
    }
}
