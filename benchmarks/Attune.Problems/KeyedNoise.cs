namespace Attune.Problems;

/// <summary>
/// Normal noise that is a function of the names of problem and objectives, seed and trial alone, so that every system, in whatever
/// language, meets the same. The evaluator protocol's programs in .NET draw it in the same way, bit for bit.
/// </summary>
internal static class KeyedNoise
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Adds noise to each metric, in order.</summary>
    internal static MetricValues Add(MetricValues noiseless, double deviation, string problem, long seed, long trial)
    {
        // The seeded sequence of System.Random never changes, by the promise of its documentation's compatibility notes; it is part
        // of the definition of the noise, so a generator of our own would be another problem.
        var random = new Random(Seed(problem, seed, trial));
        return new(noiseless.Select(pair => KeyValuePair.Create(pair.Key, pair.Value + Normal(random, deviation))).ToArray());
    }

    /// <summary>The 64-bit hash FNV-1a over name, seed and trial, each sign and number as eight bytes, folded to 31 bits.</summary>
    internal static int Seed(string problem, long seed, long trial)
    {
        var hash = Offset;
        foreach (var sign in problem)
            hash = Mix(hash, sign);
        hash = Mix(Mix(hash, (ulong)seed), (ulong)trial);
        return (int)((hash ^ (hash >> 32)) & 0x7fffffff);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        for (var i = 0; i < 8; i++, word >>= 8)
            hash = unchecked((hash ^ (word & 0xff)) * Prime);
        return hash;
    }

    // G. E. P. Box, M. E. Muller, Annals of Mathematical Statistics 29, 1958.
    private static double Normal(Random random, double deviation)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return deviation * radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
