namespace Attune.Algorithms.Schedulers;

/// <summary>
/// How many trials the brackets of Hyperband begin with (L. Li et al., Hyperband: a novel bandit-based approach to hyperparameter
/// optimization, JMLR 18, 2018, Algorithm 1 and Table 1).
/// </summary>
internal static class HyperbandTable
{
    private const double Tolerance = 1e-9;

    /// <summary>n = ⌈(B/R)·η^s/(s+1)⌉ with B/R = s_max + 1.</summary>
    /// <param name="rungs">How many rungs the largest bracket has, s_max + 1.</param>
    /// <param name="s">The number of halvings in the bracket, from 0.</param>
    /// <param name="eta">η.</param>
    internal static int Trials(int rungs, int s, double eta) =>
        (int)Math.Min(int.MaxValue, Math.Ceiling((rungs * Math.Pow(eta, s) / (s + 1)) - Tolerance));

    /// <summary>η^s, the trials of which one is left after s halvings.</summary>
    internal static int Power(int s, double eta) => (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Pow(eta, s) - Tolerance));
}
