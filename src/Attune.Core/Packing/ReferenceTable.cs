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

    internal int Intern(object item)
    {
        for (var i = _items.Count - 1; i >= 0 && i >= _items.Count - Reach; i--)
        {
            if (_items[i].Equals(item))
                return i;
        }

        return Add(item);
    }

    internal object[] ToArray() => [.. _items];
}
