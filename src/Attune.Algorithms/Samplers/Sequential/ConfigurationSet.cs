using System.Collections;

namespace Attune.Algorithms.Samplers;

/// <summary>Different configurations of one space, in the order in which they were added.</summary>
internal sealed class ConfigurationSet : IReadOnlyCollection<Configuration>
{
    private readonly List<Configuration> _ordered = [];
    private readonly HashSet<Configuration> _set = [];

    /// <inheritdoc/>
    public int Count => _ordered.Count;

    /// <inheritdoc/>
    public IEnumerator<Configuration> GetEnumerator() => _ordered.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a configuration, unless it is there.</summary>
    internal void Add(Configuration configuration)
    {
        if (_set.Add(configuration))
            _ordered.Add(configuration);
    }

    /// <summary>Whether a configuration is there.</summary>
    internal bool Contains(Configuration configuration) => _set.Contains(configuration);
}
