using Attune.Histories;

namespace Attune;

/// <summary>What a sampler or scheduler is made from.</summary>
/// <param name="Problem">The problem as it stands now.</param>
/// <param name="Seed">The seed of the study.</param>
/// <param name="Budget">The budget as it stood at creation.</param>
/// <param name="Related">Histories of related studies, for transfer; empty for none.</param>
public sealed record MethodContext(Problem Problem, ulong Seed, Budget Budget, IReadOnlyList<History> Related)
{
    /// <summary>A context without related studies.</summary>
    /// <param name="problem">The problem as it stands now.</param>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="budget">The budget as it stood at creation.</param>
    public MethodContext(Problem problem, ulong seed, Budget budget)
        : this(problem, seed, budget, [])
    {
    }
}
