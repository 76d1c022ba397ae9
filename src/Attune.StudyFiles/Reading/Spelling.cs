namespace Attune.StudyFiles.Reading;

/// <summary>Finds the word that a person may have meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the words, when it is near enough; null otherwise.</summary>
    internal static string? Nearest(string found, IEnumerable<string> words)
    {
        if (found.Length is 0 or > 60)
            return null;
        var folded = Fold(found);
        var best = words.Where(word => word != found).Select(word => (Word: word, Distance: Distance(folded, Fold(word))))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Word, StringComparer.Ordinal).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, best.Word.Length / 3) && best.Distance < best.Word.Length
            ? best.Word : null;
    }

    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    private static int Distance(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
