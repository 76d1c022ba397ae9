namespace Attune.Algorithms.Schedulers;

/// <summary>What is known of a trial's reports: how many, their sums and the best.</summary>
internal struct CurveSoFar
{
    private int _count;
    private double _sum;
    private double _best;
    private double[]? _sums;

    /// <summary>The next decision about the trial.</summary>
    internal int Decision;

    /// <summary>Whether it is to stop.</summary>
    internal bool IsToStop;

    /// <summary>The best loss, for one objective.</summary>
    internal readonly double Best => _best;

    internal void Add(ReadOnlySpan<double> losses)
    {
        _best = _count == 0 ? losses[0] : Math.Min(_best, losses[0]);
        _count++;
        _sum += losses[0];
        if (losses.Length == 1)
            return;
        _sums ??= new double[losses.Length];
        for (var i = 0; i < _sums.Length; i++)
            _sums[i] += losses[i];
    }

    /// <summary>The average of the reports, with the present violation.</summary>
    internal readonly Standing Average(double violation)
    {
        var count = _count;
        return new(violation, _sum / count, _sums is null ? default : [.. _sums.Select(sum => sum / count)]);
    }

    /// <summary>Forgets the reports, not the decisions.</summary>
    internal void Reset() => (_count, _sum, _best, _sums, IsToStop) = (0, 0, 0, null, false);
}
