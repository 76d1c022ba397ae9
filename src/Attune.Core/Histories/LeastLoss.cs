namespace Attune.Histories;

/// <summary>
/// The trial with the least loss among those that have ended and those that are paused and may go on, ties going to the one that came to
/// rest first. Work for a change grows with the logarithm of the number of paused trials that are better than every ended one.
/// </summary>
internal sealed class LeastLoss
{
    // What has ended stays, so whatever is not better than the best of it never matters.
    private readonly PriorityQueue<int, (double Loss, long Position)> _paused = new();
    private readonly Dictionary<int, long> _since = [];
    private (int Trial, double Loss, long Position)? _ended;

    /// <summary>The number of the trial; null for none.</summary>
    internal int? Trial
    {
        get
        {
            while (_paused.TryPeek(out var trial, out var key))
            {
                if (_since.TryGetValue(trial, out var since) && since == key.Position)
                    return _ended is { } ended && (ended.Loss, ended.Position).CompareTo(key) < 0 ? ended.Trial : trial;
                _paused.Dequeue();
            }

            return _ended?.Trial;
        }
    }

    internal void AddPaused(int trial, double loss, long position)
    {
        if (!(loss < (_ended?.Loss ?? double.PositiveInfinity)))
            return;
        _paused.Enqueue(trial, (loss, position));
        _since[trial] = position;
    }

    internal void AddEnded(int trial, double loss, long position)
    {
        if (_since.Remove(trial, out var since))
            position = since;
        if (_ended is not { } ended || (loss, position).CompareTo((ended.Loss, ended.Position)) < 0)
            _ended = (trial, loss, position);
    }

    /// <summary>A paused trial has gone on.</summary>
    internal void Remove(int trial) => _since.Remove(trial);
}
