using System.Collections;
using System.Runtime.InteropServices;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Different configurations of one space, in the order in which they were added. Those count as equal that differ by rounding alone, as
/// a configuration may from itself after it went to the unit cube and back.
/// </summary>
/// <remarks>
/// A configuration is looked up by a projection of its place on a line, so that a question costs the same however many there are.
/// </remarks>
internal sealed class ConfigurationSet : IReadOnlyCollection<Configuration>
{
    /// <summary>How far two places of a number without steps may be from each other in the unit cube to count as equal.</summary>
    private const double Tolerance = 1e-12;

    private const double CellsPerUnit = 1 << 20;

    // The fraction of the golden ratio: its multiples modulo 1 differ, and so hardly any two configurations share a projection.
    private const double Golden = 0.6180339887498949;
    private const double Inactive = Math.E;

    private readonly List<(Configuration Configuration, int Next)> _entries = [];
    private readonly Dictionary<long, int> _newest = [];

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public IEnumerator<Configuration> GetEnumerator() => _entries.Select(entry => entry.Configuration).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a configuration, unless it is there.</summary>
    internal void Add(Configuration configuration)
    {
        var projection = Project(configuration);
        if (Contains(configuration, projection))
            return;
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, Cell(projection), out var isOld);
        _entries.Add((configuration, isOld ? newest : -1));
        newest = _entries.Count - 1;
    }

    /// <summary>Whether a configuration is there.</summary>
    internal bool Contains(Configuration configuration) => _entries.Count > 0 && Contains(configuration, Project(configuration));

    private bool Contains(Configuration configuration, double projection)
    {
        // Weights are less than 1; rounding adds less than the second tolerance.
        var reach = 2 * Tolerance * configuration.Numbers.Length;
        var (low, high) = (Cell(projection - reach), Cell(projection + reach));
        return IsIn(low, configuration) || (high != low && IsIn(high, configuration));
    }

    private bool IsIn(long cell, Configuration configuration)
    {
        for (var i = _newest.GetValueOrDefault(cell, -1); i >= 0; i = _entries[i].Next)
        {
            if (IsSame(_entries[i].Configuration, configuration))
                return true;
        }

        return false;
    }

    private static long Cell(double projection) => (long)Math.Floor(projection * CellsPerUnit);

    private static double Project(Configuration configuration)
    {
        var parameters = configuration.Space.Parameters;
        var numbers = configuration.Numbers;
        var (sum, weight) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            weight += Golden;
            if (weight >= 1)
                weight--;
            sum += weight * (double.IsNaN(numbers[i]) ? Inactive : parameters[i].ToUnit(numbers[i]));
        }

        return sum;
    }

    private static bool IsSame(Configuration one, Configuration other)
    {
        var parameters = one.Space.Parameters;
        var left = one.Numbers;
        var right = other.Numbers;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i].Equals(right[i]))
                continue;
            if (parameters[i].IsDiscrete || !(Math.Abs(parameters[i].ToUnit(left[i]) - parameters[i].ToUnit(right[i])) <= Tolerance))
                return false;
        }

        return true;
    }
}
