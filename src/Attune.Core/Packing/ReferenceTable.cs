namespace Attune.Packing;

/// <summary>What packed rows refer to. Equal values that follow soon after each other are kept once.</summary>
internal sealed class ReferenceTable
{
    // Looking back further would make a block of all different values slow to pack.
    private const int Reach = 16;

    private readonly List<object> _items = [];

    internal int Add(object item)
    {
        _items.Add(item);
        return _items.Count - 1;
    }

    /// <summary>The place of an item that says the same, if one was added lately; else −1.</summary>
    internal int Find<TItem, TValue>(in TValue value, Func<TItem, TValue, bool> isSame)
        where TItem : class
    {
        for (var i = _items.Count - 1; i >= 0 && i >= _items.Count - Reach; i--)
        {
            if (_items[i] is TItem item && isSame(item, value))
                return i;
        }

        return -1;
    }

    internal int Intern<TItem>(TItem item)
        where TItem : class, IEquatable<TItem>
    {
        var found = Find<TItem, TItem>(item, static (left, right) => left.Equals(right));
        return found >= 0 ? found : Add(item);
    }

    internal int InternNames(MetricValues metrics)
    {
        var found = Find<MetricNames, MetricValues>(metrics, static (names, metrics) => names.AreOf(metrics));
        return found >= 0 ? found : Add(new MetricNames(metrics));
    }

    internal object[] ToArray() => [.. _items];
}
