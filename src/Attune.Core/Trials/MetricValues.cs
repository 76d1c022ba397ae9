using System.Collections;
using Attune.Packing;

namespace Attune;

/// <summary>Finite values by metric name, in the order in which they were reported. Small and immutable.</summary>
public sealed class MetricValues : IReadOnlyCollection<KeyValuePair<string, double>>, IEquatable<MetricValues>
{
    // One metric is by far the commonest case, and a study may hold a million of these.
    private readonly string? _name;
    private readonly double _value;
    private readonly KeyValuePair<string, double>[] _rest;

    /// <summary>One metric.</summary>
    /// <param name="name">The name, not blank.</param>
    /// <param name="value">A finite value.</param>
    /// <exception cref="ArgumentException">The name is blank or the value not finite.</exception>
    public MetricValues(string name, double value)
    {
        Check(name, value);
        (_name, _value, _rest) = (name, value, []);
    }

    /// <summary>Several metrics.</summary>
    /// <param name="values">Different names with finite values; may be empty.</param>
    /// <exception cref="ArgumentException">A name is blank or stands twice, or a value is not finite.</exception>
    public MetricValues(IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = values.ToArray();
        var seen = all.Length <= 1 ? null : new HashSet<string>(all.Length, StringComparer.Ordinal);
        foreach (var (name, value) in all)
        {
            Check(name, value);
            if (seen?.Add(name) == false)
                throw new ArgumentException($"The metric '{name}' stands twice.", nameof(values));
        }

        (_name, _value) = all.Length == 0 ? (null, 0) : (all[0].Key, all[0].Value);
        _rest = all.Length <= 1 ? [] : all[1..];
    }

    /// <summary>Metrics that were checked before.</summary>
    internal MetricValues(MetricNames names, ReadOnlySpan<double> values)
    {
        (_name, _value) = names.Count == 0 ? (null, 0) : (names[0], values[0]);
        _rest = names.Count <= 1 ? [] : new KeyValuePair<string, double>[names.Count - 1];
        for (var i = 0; i < _rest.Length; i++)
            _rest[i] = new(names[i + 1], values[i + 1]);
    }

    /// <summary>No metric.</summary>
    public static MetricValues Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _name is null ? 0 : 1 + _rest.Length;

    /// <summary>The value of a metric.</summary>
    /// <param name="name">The name of a metric.</param>
    /// <exception cref="KeyNotFoundException">The metric was not reported.</exception>
    public double this[string name] =>
        TryGet(name, out var value) ? value : throw new KeyNotFoundException($"The metric '{name}' was not reported.");

    /// <summary>The value of a metric, if it was reported.</summary>
    /// <param name="name">The name of a metric.</param>
    /// <param name="value">Its value, or 0.</param>
    public bool TryGet(string name, out double value)
    {
        if (string.Equals(_name, name, StringComparison.Ordinal))
        {
            value = _value;
            return true;
        }

        foreach (var pair in _rest)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                value = pair.Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    internal KeyValuePair<string, double> At(int index) => index == 0 ? new(_name!, _value) : _rest[index - 1];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        if (_name is null)
            yield break;
        yield return new(_name, _value);
        foreach (var pair in _rest)
            yield return pair;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(MetricValues? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricValues);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_name, _value, _rest.Length);

    private static void Check(string name, double value)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException("A metric needs a name.", nameof(name));
        if (!double.IsFinite(value))
            throw new ArgumentException(
                FormattableString.Invariant($"The metric '{name}' is {value}; NaN and infinity are failures, not values."), nameof(value));
    }
}
