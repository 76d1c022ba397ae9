namespace Attune.Comparison;

/// <summary>A run as reports see it.</summary>
internal sealed class RunCurve
{
    private readonly TrialLine[] _lines;
    private readonly double[] _best;

    /// <summary>Takes the lines of a run.</summary>
    /// <param name="problem">Its problem.</param>
    /// <param name="lines">Its lines in order of the trials.</param>
    internal RunCurve(ReportProblem problem, IEnumerable<TrialLine> lines)
    {
        _lines = [.. lines];
        (Key, Problem) = (_lines[0].Run, problem);
        _best = problem.Ranges.Length > 0 ? [] : [.. Losses()];
    }

    internal RunKey Key { get; }

    internal ReportProblem Problem { get; }

    /// <summary>How many trials it has.</summary>
    internal int Length => _lines.Length;

    /// <summary>The lines in order of the trials.</summary>
    internal IReadOnlyList<TrialLine> Lines => _lines;

    /// <summary>The smallest loss after a number of trials: for several objectives, one minus the normalised hypervolume. Null when the run
    /// is shorter, unless its sampler had nothing more to propose.</summary>
    internal double? LossAt(int trials)
    {
        if (trials > Length && !_lines[^1].IsExhausted)
            return null;
        var count = Math.Min(trials, Length);
        return Problem.Ranges.Length > 0
            ? 1 - Hypervolume.Normalized(_lines.Take(count).Select(line => (IReadOnlyList<double>)line.Values), Problem.Ranges)
            : _best[count - 1];
    }

    /// <summary>The loss without noise of what the method recommended after a number of trials.</summary>
    internal double? RecommendedAt(int trials) =>
        trials <= Length && _lines[trials - 1].Recommended is { } value ? Problem.Orient(value) : null;

    // The best so far that the line tells, or else that follows from the values, which is the same where there is no noise.
    private IEnumerable<double> Losses()
    {
        var best = double.PositiveInfinity;
        foreach (var line in _lines)
        {
            best = line.Best is { } told
                ? Problem.Orient(told)
                : line.Values.Length == 1 ? Math.Min(best, Problem.Orient(line.Values[0])) : best;
            yield return best;
        }
    }
}
