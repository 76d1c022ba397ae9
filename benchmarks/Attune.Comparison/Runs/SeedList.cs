using System.Globalization;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Reads lists of seeds.</summary>
public static class SeedList
{
    private const int Most = 100_000;

    /// <summary>Parses seeds and ranges of seeds, separated by commas.</summary>
    /// <param name="text">Such as <c>0-9,20</c>.</param>
    /// <returns>The seeds, each once, in the order given.</returns>
    /// <exception cref="BenchmarkException">The text is not such a list.</exception>
    public static IReadOnlyList<long> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var seeds = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var (from, to) = dash < 0 ? (part, part) : (part[..dash], part[(dash + 1)..]);
            if (!long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || last < first || last - first >= Most)
                throw new BenchmarkException($"Seeds are numbers from 0 and ranges such as 0-9, separated by commas, not '{part}'.");
            for (var seed = first; seed <= last; seed++)
            {
                if (!seeds.Contains(seed))
                    seeds.Add(seed);
            }
        }

        return seeds;
    }
}
