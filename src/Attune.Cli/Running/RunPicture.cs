using Attune.Cli.Json;

namespace Attune.Cli.Running;

/// <summary>A run at one moment.</summary>
/// <param name="Study">The name of the study.</param>
/// <param name="Problem">What is optimised.</param>
/// <param name="Budget">When the study ends.</param>
/// <param name="Counts">How many trials are in each state.</param>
/// <param name="Finished">How many trials have reached their final outcome.</param>
/// <param name="Best">The best trial; null while there is none, and for several objectives.</param>
/// <param name="Front">How many trials no other dominates.</param>
/// <param name="Running">The running trials, those of other processes included.</param>
/// <param name="Awaited">The running trials of others that this worker waits for; empty while it has work of its own.</param>
/// <param name="Failures">The last failures, the newest last.</param>
/// <param name="Elapsed">The time since this run began.</param>
/// <param name="Now">The moment (UTC).</param>
/// <param name="TimeLeft">An estimate; null when nothing is known.</param>
internal sealed record RunPicture(
    string Study, Problem Problem, Budget Budget, TrialCountsJson Counts, int Finished, Trial? Best, int Front,
    IReadOnlyList<Trial> Running, IReadOnlyList<Trial> Awaited, IReadOnlyList<Trial> Failures, TimeSpan Elapsed, DateTimeOffset Now,
    TimeSpan? TimeLeft)
{
    /// <summary>How much of the budget is used, from 0 to 1: of trials, else of time; null without a limit on either.</summary>
    internal double? Share
    {
        get
        {
            double? trials = Budget.Trials is { } most ? (double)Finished / most : null;
            double? time = Budget.WallClock is { } limit && TimeLeft is { } left ? 1 - (left / limit) : null;
            return (trials ?? time) is { } share ? Math.Clamp(share, 0, 1) : null;
        }
    }
}
