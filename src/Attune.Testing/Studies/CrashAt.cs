namespace Attune.Testing.Studies;

/// <summary>Crashes a study when it reaches a point for the n-th time.</summary>
/// <param name="crashPoint">One of the names in <see cref="CrashPoint"/>; null for any.</param>
/// <param name="occurrence">Which time, from 1.</param>
/// <param name="process">The simulated process that dies; null for none.</param>
public sealed class CrashAt(string? crashPoint, int occurrence = 1, SimulatedProcess? process = null) : ICrashPoints
{
    private int _count;

    /// <summary>The simulated process that dies; null for none.</summary>
    public SimulatedProcess? Process { get; } = process;

    /// <summary>Whether the crash has happened.</summary>
    public bool HasCrashed { get; private set; }

    /// <inheritdoc/>
    public void Reach(string point)
    {
        if (HasCrashed)
            throw new SimulatedCrashException(point);
        if ((crashPoint is not null && point != crashPoint) || Interlocked.Increment(ref _count) != occurrence)
            return;
        HasCrashed = true;
        Process?.Kill();
        throw new SimulatedCrashException(point);
    }
}
