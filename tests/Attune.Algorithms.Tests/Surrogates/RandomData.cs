using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

/// <summary>What surrogates are fitted to in tests.</summary>
internal static class RandomData
{
    /// <summary>Different configurations, drawn from the priors, and standard normal numbers.</summary>
    internal static (Configuration[] Points, double[] Normals) Draw(SearchSpace space, int count, ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var points = new HashSet<Configuration>();
        while (points.Count < count)
            points.Add(space.Sample(ref stream));
        var normals = new double[count];
        for (var i = 0; i < count; i++)
            normals[i] = stream.NextNormal();
        return ([.. points], normals);
    }
}
