namespace Attune.Comparison;

/// <summary>What suggestions of a method cost from a number of trials on.</summary>
/// <param name="Method">The method.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Parameters">How many parameters its space has.</param>
/// <param name="Trials">How many trials had finished when the study was opened.</param>
/// <param name="FirstSeconds">Seconds of the clock to open the study and make the first suggestion: the method gets to know all trials
/// then.</param>
/// <param name="Suggestions">Those after the first, in order, at least one.</param>
/// <param name="By">Which method made how many of them: it differs from the method that was asked where that one chooses among
/// others.</param>
public sealed record SuggestionTimes(
    string Method, string Problem, int Parameters, int Trials, double FirstSeconds, IReadOnlyList<SuggestionCost> Suggestions,
    IReadOnlyDictionary<string, int> By)
{
    /// <summary>The median by the clock, in seconds.</summary>
    public double Median => Quantile(0.5, cost => cost.Seconds);

    /// <summary>The 90th percentile by the clock, in seconds.</summary>
    public double Percentile90 => Quantile(0.9, cost => cost.Seconds);

    /// <summary>The longest by the clock, in seconds.</summary>
    public double Longest => Quantile(1, cost => cost.Seconds);

    /// <summary>The median of processor time, in seconds.</summary>
    public double ProcessorMedian => Quantile(0.5, cost => cost.ProcessorSeconds);

    /// <summary>The median of what a suggestion allocates, in bytes.</summary>
    public double AllocatedMedian => Quantile(0.5, cost => cost.AllocatedBytes);

    /// <summary>The least figure that a share of the suggestions does not exceed.</summary>
    private double Quantile(double share, Func<SuggestionCost, double> figure)
    {
        var sorted = Suggestions.Select(figure).Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
