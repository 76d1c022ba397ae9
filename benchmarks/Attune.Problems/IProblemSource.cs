namespace Attune.Problems;

/// <summary>Where benchmark problems come from. Safe for several threads.</summary>
public interface IProblemSource : IAsyncDisposable
{
    /// <summary>The names of all problems, in the order in which to show them.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>A problem.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">The source cannot give it.</exception>
    ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default);
}
