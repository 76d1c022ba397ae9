using System.Globalization;
using Attune.Algorithms;
using Attune.Problems;
using Attune.Simulation;

namespace Attune.Comparison;

/// <summary>Methods × problems × seeds where trials are training runs of which a scheduler may give each more or less: studies in
/// simulated time that spend a resource.</summary>
/// <param name="Methods">The methods, each with a scheduler.</param>
/// <param name="Problems">The problems, each with a fidelity and one objective.</param>
/// <param name="Seeds">The seeds.</param>
/// <param name="Resource">How much resource a run spends in all, in units of the problem's fidelity; positive.</param>
public sealed record FidelityPlan(
    IReadOnlyList<BenchmarkMethod> Methods, IReadOnlyList<BenchmarkProblem> Problems, IReadOnlyList<long> Seeds, double Resource)
{
    /// <summary>Shares of the budget at which methods are compared, of which each run has a line.</summary>
    public static IReadOnlyList<double> Marks { get; } = [0.1, 0.2, 0.5, 1];

    /// <summary>Makes samplers and schedulers; those that come with Attune by default.</summary>
    public MethodRegistry Registry { get; init; } = MethodRegistry.Default;

    /// <summary>How many runs go on at a time, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>How many simulated workers a run has, at least 1; above 1 the results name the method with <c>@</c> and the
    /// number.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What goes wrong in every run; the results name it behind a tilde.</summary>
    public SimulatedFaults Faults { get; init; } = SimulatedFaults.None;

    /// <summary>Runs what a file does not hold yet, and appends it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Hears of every run that ended.</param>
    /// <param name="cancellationToken">Interrupts; runs that have ended stay in the file.</param>
    /// <returns>How many runs were missing.</returns>
    /// <exception cref="BenchmarkException">A problem cannot be evaluated, or has no fidelity or several objectives.</exception>
    public async Task<int> RunAsync(ResultFile file, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (var problem in Problems)
        {
            if (problem.Problem.Fidelity is not { } fidelity || !problem.Problem.IsSingleObjective)
            {
                throw new BenchmarkException(
                    $"The problem '{problem}' has no fidelity and one objective, which --fidelity needs; 'attune bench list' shows those "
                    + "that have.");
            }

            if (Resource < fidelity.Low)
            {
                throw new BenchmarkException(FormattableString.Invariant(
                    $"A budget of {Resource} is less than a trial of '{problem}' gets at least: {fidelity.Low} ({fidelity.Name})."));
            }
        }

        // Seeds outermost: an interrupted comparison has all methods on all problems for the seeds that it got to.
        return await RunQueue.RunAsync(
            from seed in Seeds from problem in Problems from method in Methods select new FidelityRun(this, method, problem, seed),
            Jobs, file, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How results name a method under this plan.</summary>
    internal string Name(BenchmarkMethod method)
    {
        var name = Workers == 1 ? method.Label : string.Create(CultureInfo.InvariantCulture, $"{method.Label}@{Workers}");
        foreach (var (word, share) in ((string, double)[])
            [("stragglers", Faults.StragglerShare), ("failures", Faults.FailureShare), ("preemptions", Faults.PreemptionShare)])
        {
            if (share > 0)
                name += string.Create(CultureInfo.InvariantCulture, $"~{word}={share}");
        }

        return name;
    }
}
