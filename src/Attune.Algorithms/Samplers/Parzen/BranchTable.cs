namespace Attune.Algorithms.Samplers;

/// <summary>
/// The branches of a conditional space that were seen: a branch is a set of active parameters. Numbers of branches only tell them apart,
/// so it does not matter that asking for one may give it its number.
/// </summary>
internal sealed class BranchTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _counts = [];

    /// <summary>The number of the branch that a point lies in.</summary>
    /// <param name="point">Places, NaN for inactive parameters.</param>
    internal int Of(ReadOnlySpan<double> point)
    {
        Span<char> mask = point.Length <= 256 ? stackalloc char[point.Length] : new char[point.Length];
        for (var i = 0; i < mask.Length; i++)
            mask[i] = double.IsNaN(point[i]) ? '-' : '+';
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (numbers.TryGetValue(mask, out var number))
            return number;
        numbers[mask] = _counts.Count;
        _counts.Add(0);
        return _counts.Count - 1;
    }

    /// <summary>How many trials with something to tell a branch has.</summary>
    internal int CountOf(int branch) => _counts[branch];

    /// <summary>Counts a trial in or out.</summary>
    internal void Count(int branch, int change) => _counts[branch] += change;
}
