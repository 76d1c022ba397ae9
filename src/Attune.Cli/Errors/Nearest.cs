namespace Attune.Cli.Errors;

/// <summary>Finds what a person who mistyped a word may have meant.</summary>
internal static class Nearest
{
    /// <summary>A question that names the nearest word, with a blank before it; empty when no word is near.</summary>
    internal static string Question(string found, IEnumerable<string> words) =>
        Of(found, words) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The nearest word; null when none is near.</summary>
    internal static string? Of(string found, IEnumerable<string> words)
    {
        var folded = found.ToLowerInvariant();
        var (word, distance) = words.Select(word => (Word: word, Distance: Distance(folded, word.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Word, StringComparer.Ordinal).FirstOrDefault();
        return word is not null && distance <= Math.Max(1, Math.Min(word.Length, folded.Length) / 3) ? word : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var (before, last, next) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray(), new int[right.Length + 1]);
        for (var i = 1; i <= left.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = left[i - 1] == right[j - 1];
                next[j] = Math.Min(last[j - 1] + (isSame ? 0 : 1), 1 + Math.Min(last[j], next[j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, last, next) = (last, next, before);
        }

        return last[right.Length];
    }
}
