using System.Collections.Immutable;

namespace Attune.Problems;

/// <summary>The problems that this assembly holds.</summary>
public sealed class ProblemCatalog : IProblemSource
{
    private static readonly Lazy<ImmutableArray<BenchmarkProblem>> Problems =
        new(() => [.. AnalyticProblems.All(), .. MixedProblems.All(), .. FrontProblems.All(), .. ConstrainedProblems.All(),
            .. BbobProblems.All(), .. WideProblems.All(), .. FidelityProblems.All()]);

    /// <summary>All problems, in the order in which to show them.</summary>
    public static ImmutableArray<BenchmarkProblem> All => Problems.Value;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = [.. All.Select(problem => problem.Name)];

    /// <inheritdoc/>
    public ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        All.FirstOrDefault(problem => problem.Name == name) is { } found
            ? ValueTask.FromResult(found)
            : ValueTask.FromException<BenchmarkProblem>(new BenchmarkException($"There is no problem '{name}'."));

    /// <summary>Does nothing: the problems live as long as the process.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
