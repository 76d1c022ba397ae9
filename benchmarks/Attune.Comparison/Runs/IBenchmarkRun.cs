namespace Attune.Comparison;

/// <summary>One method on one problem with one seed.</summary>
internal interface IBenchmarkRun
{
    /// <summary>The key of the run.</summary>
    RunKey Key { get; }

    /// <summary>Runs.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its lines, at least one.</returns>
    Task<IReadOnlyList<TrialLine>> RunAsync(CancellationToken cancellationToken);
}
