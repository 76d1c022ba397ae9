using Attune.Numerics;

namespace Attune.Comparison;

/// <summary>How often one method's run beats another's.</summary>
/// <param name="Probability">The probability that a run of the first beats one of the second, equal ones counting half, as a mean over
/// problems; 0.5 when neither is better.</param>
/// <param name="PValue">Two-sided, for the hypothesis that it is 0.5 on every problem.</param>
/// <remarks>H. B. Mann, D. R. Whitney, Annals of Mathematical Statistics 18, 1947, stratified over problems as by P. van Elteren, 1960,
/// here with equal weights of the problems; normal approximation with the correction for ties.</remarks>
public sealed record WinProbability(double Probability, double PValue)
{
    /// <summary>Compares.</summary>
    /// <param name="problems">The losses of both methods' runs on each problem, at least one of each.</param>
    public static WinProbability Of(IReadOnlyList<(double[] First, double[] Second)> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var (sum, variance) = (0.0, 0.0);
        foreach (var (first, second) in problems)
        {
            var wins = first.Sum(left => second.Sum(right => left < right ? 1 : left == right ? 0.5 : 0));
            double pairs = first.Length * second.Length, all = first.Length + second.Length;
            sum += wins / pairs;
            var ties = FriedmanTest.RankOf([.. first, .. second]).Ties;
            variance += pairs / 12 * (all + 1 - (ties / (all * (all - 1)))) / (pairs * pairs);
        }

        var mean = sum / problems.Count;
        var deviation = Math.Sqrt(variance) / problems.Count;
        return new(mean, deviation == 0 ? 1 : Math.Min(1, 2 * NormalDistribution.Cdf(-Math.Abs(mean - 0.5) / deviation)));
    }
}
