using Attune.Comparison;

namespace Attune.Cli.Json;

/// <summary>What <c>bench times</c> prints. Times are in seconds, of the clock unless the name says otherwise.</summary>
/// <param name="System">attune.</param>
/// <param name="Method">The method that was asked.</param>
/// <param name="Problem">The problem.</param>
/// <param name="Parameters">How many parameters it has.</param>
/// <param name="Trials">After how many trials.</param>
/// <param name="Suggestions">How many suggestions were measured.</param>
/// <param name="First">To open the study and make the first suggestion, which is none of those.</param>
/// <param name="Median">Of a suggestion and the tell before it.</param>
/// <param name="Percentile90">The same, which nine in ten do not exceed.</param>
/// <param name="Longest">The longest.</param>
/// <param name="CpuMedian">The median of processor time.</param>
/// <param name="AllocatedBytes">The median of what a suggestion allocates.</param>
/// <param name="By">Which method made how many of them.</param>
internal sealed record SuggestionTimesJson(
    string System, string Method, string Problem, int Parameters, int Trials, int Suggestions, double First, double Median,
    double Percentile90, double Longest, double CpuMedian, double AllocatedBytes, IReadOnlyDictionary<string, int> By)
{
    internal static SuggestionTimesJson Of(SuggestionTimes times) => new(
        ResultFile.OwnSystem, times.Method, times.Problem, times.Parameters, times.Trials, times.Suggestions.Count,
        Math.Round(times.FirstSeconds, 9), Math.Round(times.Median, 9), Math.Round(times.Percentile90, 9), Math.Round(times.Longest, 9),
        Math.Round(times.ProcessorMedian, 9), times.AllocatedMedian, times.By);
}
