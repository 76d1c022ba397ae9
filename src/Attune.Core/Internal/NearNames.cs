namespace Attune.Internal;

/// <summary>Finds what a person who mistyped a name may have meant. Not for users: it may change at any time.</summary>
public static class NearNames
{
    private const int MostListed = 20;
    private const int LongestCompared = 100;

    /// <summary>The nearest name, when it is near enough.</summary>
    /// <param name="found">What was written.</param>
    /// <param name="names">The names that were possible.</param>
    /// <returns>
    /// The name with the fewest letters to mend, the first in ordinal order of several; null when more than a third of the letters are
    /// wrong.
    /// Neither case counts nor the difference between a hyphen and an underscore.
    /// </returns>
    public static string? Nearest(string found, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(names);
        if (found.Length is 0 or > LongestCompared)
            return null;
        var folded = Fold(found);
        return names.Where(name => name.Length is > 0 and <= LongestCompared && name != found)
            .Select(name => (Name: name, Distance: Distance(folded, Fold(name)), Longer: Math.Max(found.Length, name.Length)))
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Longer / 3) && candidate.Distance < candidate.Longer)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
    }

    /// <summary>A question that names the nearest name, with a blank before it; empty when no name is near.</summary>
    /// <param name="found">What was written.</param>
    /// <param name="names">The names that were possible.</param>
    public static string Question(string found, IEnumerable<string> names) =>
        Nearest(found, names) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>
    /// A sentence such as: there is no parameter 'learing_rate'; there are learning_rate, depth. Did you mean 'learning_rate'?
    /// </summary>
    /// <param name="what">What the name should name.</param>
    /// <param name="found">The unknown name.</param>
    /// <param name="names">All names, in order.</param>
    public static string Unknown(string what, string found, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var known = names.ToArray();
        var rest = known.Length > MostListed ? $", … ({known.Length} in all)" : "";
        return $"there is no {what} '{found}'; there are {string.Join(", ", known.Take(MostListed))}{rest}.{Question(found, known)}";
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('-', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var (before, last, next) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray(), new int[right.Length + 1]);
        for (var i = 1; i <= left.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                next[j] = Math.Min(replaced, 1 + Math.Min(last[j], next[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, last, next) = (last, next, before);
        }

        return last[right.Length];
    }
}
