namespace Attune.Algorithms;

/// <summary>Finds what a person who mistyped a name may have meant.</summary>
internal static class NearMiss
{
    /// <summary>A sentence that suggests the nearest name, or nothing when no name is near.</summary>
    internal static string Suggest(string found, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (Name: name, Distance: Distance(found.ToLowerInvariant(), name)))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is { } meant && nearest.Distance <= (meant.Length <= 3 ? 1 : Math.Max(2, meant.Length / 3))
            ? $" Did you mean '{meant}'?" : "";
    }

    /// <summary>The number of insertions, deletions and replacements that turn one text into another (Levenshtein 1966).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var replace = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replace, Math.Min(row[j], diagonal) + 1);
            }
        }

        return row[right.Length];
    }
}
