using System.Collections.Immutable;

namespace Attune.Problems;

/// <summary>The problems that this assembly holds.</summary>
public static class ProblemCatalog
{
    private static readonly Lazy<ImmutableArray<BenchmarkProblem>> Problems =
        new(() => [.. AnalyticProblems.All(), .. MixedProblems.All(), .. FrontProblems.All(), .. LcbenchProblems.All()]);

    /// <summary>All problems, in the order in which to show them.</summary>
    public static ImmutableArray<BenchmarkProblem> All => Problems.Value;
}
