namespace Attune.Comparison;

/// <summary>Runs what a file of results does not hold yet.</summary>
internal static class RunQueue
{
    /// <summary>Runs and appends, in order, several at a time.</summary>
    /// <returns>How many runs were missing.</returns>
    internal static async Task<int> RunAsync(
        IEnumerable<IBenchmarkRun> runs, int jobs, ResultFile file, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var missing = runs.Where(run => !file.Contains(run.Key)).ToArray();
        var done = 0;
        await Parallel.ForEachAsync(
            missing, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken },
            async (run, token) =>
            {
                var began = ThreadClock.Now();
                var lines = await run.RunAsync(token).ConfigureAwait(false);
                file.Append(lines);
                progress?.Report(new(Interlocked.Increment(ref done), missing.Length, lines[^1], began.Elapsed().Seconds));
            }).ConfigureAwait(false);
        return missing.Length;
    }
}
