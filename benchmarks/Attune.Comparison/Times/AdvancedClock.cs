namespace Attune.Comparison;

/// <summary>A clock that stands still unless it is put forward; timers are the system's own.</summary>
internal sealed class AdvancedClock : TimeProvider
{
    private long _ticks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    internal void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
