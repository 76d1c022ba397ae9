namespace Attune.Packing;

/// <summary>The names of a measurement's metrics, in order.</summary>
internal sealed class MetricNames : IEquatable<MetricNames>
{
    private readonly string[] _names;

    internal MetricNames(MetricValues metrics)
    {
        _names = new string[metrics.Count];
        for (var i = 0; i < _names.Length; i++)
            _names[i] = metrics.At(i).Key;
    }

    internal int Count => _names.Length;

    internal string this[int index] => _names[index];

    public bool Equals(MetricNames? other) => other is not null && _names.AsSpan().SequenceEqual(other._names);

    public override bool Equals(object? obj) => Equals(obj as MetricNames);

    public override int GetHashCode() => _names.Length == 0 ? 0 : string.GetHashCode(_names[0], StringComparison.Ordinal);
}
