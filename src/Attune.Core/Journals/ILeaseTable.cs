namespace Attune.Journals;

/// <summary>A small table of leases beside a journal. It may be lost without loss of data.</summary>
public interface ILeaseTable
{
    /// <summary>All leases of the study, in any order.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">The store failed.</exception>
    ValueTask<IReadOnlyList<Lease>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Replaces one lease if it still is what the caller saw (compare and swap).</summary>
    /// <param name="expected">What the caller saw; null for no lease of that name.</param>
    /// <param name="next">What to put in its place; null to remove it. Names must agree where both are given.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it was replaced.</returns>
    /// <exception cref="ArgumentException">Both are null, or the names differ.</exception>
    /// <exception cref="JournalException">The store failed.</exception>
    ValueTask<bool> TryWriteAsync(Lease? expected, Lease? next, CancellationToken cancellationToken);
}
