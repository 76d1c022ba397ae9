namespace Attune.Comparison;

/// <summary>A run over training runs as reports see it.</summary>
internal sealed class FidelityCurve
{
    private readonly TrialLine[] _lines;

    /// <summary>Takes the lines of a run.</summary>
    /// <param name="lines">Its lines in order.</param>
    internal FidelityCurve(IEnumerable<TrialLine> lines) => _lines = [.. lines];

    internal RunKey Key => _lines[0].Run;

    /// <summary>How much it was to spend, or else how much it spent.</summary>
    internal double Resource => _lines[0].ResourceBudget ?? _lines[^1].CumulativeFidelity!.Value;

    /// <summary>How long it took in the simulation; null when that is not told.</summary>
    internal double? Seconds => _lines[^1].SimulatedSeconds;

    // Whoever wrote no budget says by the last line that this was all.
    private bool HasEnded => _lines[^1].IsExhausted || _lines[^1].CumulativeFidelity >= Resource * (1 - ResultFile.ResourceTolerance);

    /// <summary>The value at full fidelity of the incumbent when an amount was spent; null before the first, and beyond the end of a run
    /// that stopped short.</summary>
    internal double? IncumbentAt(double resource) =>
        At(line => line.CumulativeFidelity, line => line.IncumbentFull, resource * (1 + ResultFile.ResourceTolerance));

    /// <summary>The same of the recommended configuration.</summary>
    internal double? RecommendedAt(double resource) =>
        At(line => line.CumulativeFidelity, line => line.RecommendedFull, resource * (1 + ResultFile.ResourceTolerance));

    /// <summary>The value at full fidelity of the incumbent at a simulated time; after the end what it was then.</summary>
    internal double? IncumbentAfter(double seconds) => At(line => line.SimulatedSeconds, line => line.IncumbentFull, seconds);

    private double? At(Func<TrialLine, double?> place, Func<TrialLine, double?> value, double limit)
    {
        double? found = null;
        foreach (var line in _lines)
        {
            if (place(line) > limit)
                return found;
            found = value(line) ?? found;
        }

        return HasEnded ? found : null;
    }
}
