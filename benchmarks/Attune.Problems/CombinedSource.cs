namespace Attune.Problems;

/// <summary>Several sources as one, in order.</summary>
/// <param name="sources">The sources.</param>
internal sealed class CombinedSource(IReadOnlyList<IProblemSource> sources) : IProblemSource
{
    public IReadOnlyList<string> Names { get; } = [.. sources.SelectMany(source => source.Names)];

    public ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        (sources.FirstOrDefault(source => source.Names.Contains(name, StringComparer.Ordinal)) ?? sources[0])
            .OpenAsync(name, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
            await source.DisposeAsync().ConfigureAwait(false);
    }
}
