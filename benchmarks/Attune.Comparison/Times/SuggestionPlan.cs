using System.Runtime.CompilerServices;
using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Measures what suggestions cost after so many trials that no method could be asked for all of them.</summary>
/// <param name="Methods">The methods.</param>
/// <param name="Problems">The problems.</param>
/// <param name="Trials">After how many trials to measure, each at least 2.</param>
public sealed record SuggestionPlan(
    IReadOnlyList<BenchmarkMethod> Methods, IReadOnlyList<BenchmarkProblem> Problems, IReadOnlyList<int> Trials)
{
    // Enough that what suggestions run is compiled with all optimisations.
    private const int WarmUpTrials = 60;

    /// <summary>Makes samplers and schedulers; those that come with Attune by default.</summary>
    public MethodRegistry Registry { get; init; } = MethodRegistry.Default;

    /// <summary>How many suggestions to measure after the first, at least 1.</summary>
    public int Suggestions { get; init; } = 30;

    /// <summary>How long a trial takes by the study's clock, which nobody waits for: methods may choose by it. Ten seconds by
    /// default.</summary>
    public TimeSpan TrialTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The seed of studies and noise.</summary>
    public long Seed { get; init; }

    /// <summary>Measures, one study after the other.</summary>
    /// <param name="cancellationToken">Interrupts.</param>
    /// <exception cref="BenchmarkException">A problem cannot be evaluated, or a method proposes nothing for it.</exception>
    public async IAsyncEnumerable<SuggestionTimes> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var problem in Problems)
        {
            foreach (var method in Methods)
            {
                await new SuggestionRun(this, method, problem, WarmUpTrials).RunAsync(cancellationToken).ConfigureAwait(false);
                foreach (var trials in Trials)
                    yield return await new SuggestionRun(this, method, problem, trials).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
