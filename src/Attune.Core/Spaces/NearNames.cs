namespace Attune;

/// <summary>Messages about unknown names that say what was probably meant.</summary>
internal static class NearNames
{
    private const int MostListed = 20;
    private const int LongestCompared = 100;

    /// <summary>A sentence such as: there is no parameter 'learing_rate'; did you mean 'learning_rate'?</summary>
    /// <param name="what">What the name should name.</param>
    /// <param name="name">The unknown name.</param>
    /// <param name="known">All names, in order.</param>
    internal static string Unknown(string what, string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var near = name.Length > LongestCompared ? null : names.Where(candidate => candidate.Length <= LongestCompared)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(name.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance).Select(candidate => candidate.Name).FirstOrDefault();
        var question = near is null ? "" : $" Did you mean '{near}'?";
        var rest = names.Length > MostListed ? $", … ({names.Length} in all)" : "";
        return $"there is no {what} '{name}'; there are {string.Join(", ", names.Take(MostListed))}{rest}.{question}";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours; differences of case count for nothing.</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                cost[i, j] = Math.Min(
                    cost[i - 1, j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1), Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
