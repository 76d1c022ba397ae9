namespace Attune.Journals;

/// <summary>Leases in memory.</summary>
internal sealed class MemoryLeaseTable : ILeaseTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lease> _leases = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<Lease>> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<Lease>>(cancellationToken);
        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<Lease>>([.. _leases.Values]);
    }

    public ValueTask<bool> TryWriteAsync(Lease? expected, Lease? next, CancellationToken cancellationToken)
    {
        var name = expected?.Name ?? next?.Name
            ?? throw new ArgumentException("Either the expected lease or the next one must be given.", nameof(next));
        if (next is not null && !string.Equals(next.Name, name, StringComparison.Ordinal))
            throw new ArgumentException($"The lease '{name}' cannot be replaced by one of another name, '{next.Name}'.", nameof(next));
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);
        lock (_gate)
        {
            if (_leases.GetValueOrDefault(name) != expected)
                return ValueTask.FromResult(false);
            if (next is null)
                _leases.Remove(name);
            else
                _leases[name] = next;
            return ValueTask.FromResult(true);
        }
    }
}
