namespace Attune.Algorithms.Samplers;

/// <summary>A sample of trials in which good and bad ones have the shares that they have among all.</summary>
internal static class RankSample
{
    /// <summary>Trials from the best to the worst at even steps of rank.</summary>
    /// <param name="losses">The losses of all trials, at least as many as wanted.</param>
    /// <param name="count">How many are wanted, at least 2.</param>
    /// <returns>Indices, ascending; ties go to the earlier trial.</returns>
    internal static int[] Of(double[] losses, int count)
    {
        var ranked = Enumerable.Range(0, losses.Length).OrderBy(i => losses[i]).ThenBy(i => i).ToArray();
        return [.. Enumerable.Range(0, count).Select(k => ranked[(int)((long)k * (losses.Length - 1) / (count - 1))]).Order()];
    }
}
