using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Methods × problems × seeds.</summary>
/// <param name="Methods">The methods.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Trials">How many trials a run has, at least 1.</param>
public sealed record BenchmarkPlan(
    IReadOnlyList<BenchmarkMethod> Methods, IReadOnlyList<BenchmarkProblem> Problems, IReadOnlyList<long> Seeds, int Trials)
{
    /// <summary>Makes samplers and schedulers; those that come with Attune by default.</summary>
    public MethodRegistry Registry { get; init; } = MethodRegistry.Default;

    /// <summary>How many runs go on at a time, at least 1. Times per suggestion are only comparable when processors are not
    /// short.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How many trials of a run are pending at a time, at least 1; above 1 the results name the method with <c>@</c> and the
    /// number.</summary>
    public int Pending { get; init; } = 1;

    /// <summary>Runs what a file does not hold yet, and appends it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Hears of every run that ended.</param>
    /// <param name="cancellationToken">Interrupts; runs that have ended stay in the file.</param>
    /// <returns>How many runs were missing.</returns>
    /// <exception cref="BenchmarkException">A problem cannot be evaluated.</exception>
    public async Task<int> RunAsync(ResultFile file, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);

        // Seeds outermost: an interrupted comparison has all methods on all problems for the seeds that it got to.
        return await RunQueue.RunAsync(
            [.. from seed in Seeds from problem in Problems from method in Methods select new BenchmarkRun(this, method, problem, seed)],
            Jobs, file, progress, cancellationToken).ConfigureAwait(false);
    }
}
