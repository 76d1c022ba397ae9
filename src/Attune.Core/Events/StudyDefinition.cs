using System.Collections.Immutable;

namespace Attune.Events;

/// <summary>Everything that a study is created with; it stands in the first event of its journal.</summary>
/// <param name="Problem">What is optimised.</param>
/// <param name="Seed">The seed of every random number that the study uses.</param>
/// <param name="Sampler">What proposes.</param>
/// <param name="Scheduler">What decides how much resource a trial gets.</param>
public sealed record StudyDefinition(Problem Problem, ulong Seed, MethodDescriptor Sampler, MethodDescriptor Scheduler)
{
    /// <summary>When the study ends.</summary>
    public Budget Budget { get; init; } = Budget.Unlimited;

    /// <summary>How often a trial runs again.</summary>
    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    /// <summary>Facts for people and faces, such as the program of a study file; the study itself does not read them.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
