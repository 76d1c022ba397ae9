using System.Collections.Immutable;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// A bracket whose rungs are decided when all their trials have been measured or have failed: then the best ⌊n/η⌋ go on.
/// </summary>
internal sealed class HyperbandBracket(Problem problem, ImmutableArray<double> levels, double eta, int planned)
    : RungBracket(problem, levels)
{
    private readonly int[] _failed = new int[levels.Length];
    private int _begun;
    private bool _isSealed;

    /// <summary>Whether trials may still begin in it.</summary>
    internal bool TakesMore => !_isSealed && _begun < planned;

    /// <summary>Whether its last rung is decided.</summary>
    internal bool IsOver
    {
        get
        {
            for (var rung = 0; IsDecided(rung); rung++)
            {
                if (rung == Top || Expected(rung + 1) == 0)
                    return true;
            }

            return false;
        }
    }

    /// <inheritdoc/>
    internal override int Quota(int rung) => IsDecided(rung) ? Expected(rung + 1) : 0;

    /// <inheritdoc/>
    internal override void Fail(int rung) => _failed[rung]++;

    /// <summary>A new trial began in it.</summary>
    internal void Begin() => _begun++;

    /// <summary>No more trials begin in it: it makes do with those that it has.</summary>
    internal void Seal() => _isSealed = true;

    private bool IsDecided(int rung)
    {
        for (var lower = 0; lower <= rung; lower++)
        {
            if (this[lower].Count < Expected(lower))
                return false;
        }

        return true;
    }

    /// <summary>How many trials a rung is to hold: fewer than planned where too many failed in the rung below.</summary>
    private int Expected(int rung)
    {
        var expected = _isSealed ? Math.Min(_begun, planned) : planned;
        for (var lower = 0; lower < rung; lower++)
            expected = Math.Min(RungLevels.Share(expected, eta), this[lower].Count - _failed[lower]);
        return expected;
    }
}
