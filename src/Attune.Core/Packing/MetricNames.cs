namespace Attune.Packing;

/// <summary>The names of a measurement's metrics, in order.</summary>
internal sealed class MetricNames
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

    internal bool AreOf(MetricValues metrics)
    {
        if (_names.Length != metrics.Count)
            return false;
        for (var i = 0; i < _names.Length; i++)
        {
            if (!string.Equals(_names[i], metrics.At(i).Key, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
