using System.Collections.Immutable;

namespace Attune.Testing;

/// <summary>The laws of a contract by their names, each with what checks it.</summary>
/// <typeparam name="TCheck">What checks a law.</typeparam>
internal sealed class LawTable<TCheck>
    where TCheck : Delegate
{
    private readonly ImmutableSortedDictionary<string, TCheck> _checks;

    internal LawTable(Dictionary<string, TCheck> checks)
    {
        _checks = checks.ToImmutableSortedDictionary(StringComparer.Ordinal);
        Names = [.. _checks.Keys];
    }

    /// <summary>All names, in order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>What checks a law.</summary>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    internal TCheck Find(string law) => _checks.TryGetValue(law, out var check)
        ? check
        : throw new ArgumentException($"There is no law '{law}'; there are {string.Join(", ", Names)}.", nameof(law));
}
