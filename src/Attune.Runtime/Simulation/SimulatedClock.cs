using System.Globalization;

namespace Attune.Simulation;

/// <summary>
/// The clock of a simulation: it stands still until <see cref="Study.SimulateAsync"/> or <see cref="Advance"/> moves it. A study that is
/// given this clock writes under a name and from a machine that do not depend on the process, so that its journal is reproducible to the
/// byte, and sends no heartbeats. Timers of this clock never fire.
/// </summary>
/// <param name="start">Where it begins; the first of January 2000 (UTC) by default.</param>
public sealed class SimulatedClock(DateTimeOffset? start = null) : TimeProvider
{
    private static readonly InertTimer Inert = new();

    private long _ticks;
    private int _writers;

    /// <summary>Where it began (UTC).</summary>
    public DateTimeOffset Start { get; } = (start ?? new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => new(Ticks);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long it has run, in units of 100 nanoseconds.</summary>
    internal long Ticks => Volatile.Read(ref _ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Ticks);

    /// <inheritdoc/>
    public override long GetTimestamp() => Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Inert;

    /// <summary>Lets time pass.</summary>
    /// <param name="time">How much, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or leads beyond the year 9999.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        AdvanceTo(Ticks + time.Ticks);
    }

    /// <summary>Goes on to a moment; does nothing when it has passed.</summary>
    internal void AdvanceTo(long ticks)
    {
        if (ticks <= Ticks)
            return;
        if (ticks > (DateTimeOffset.MaxValue - Start).Ticks)
            throw new ArgumentOutOfRangeException(nameof(ticks), ticks, "The simulated time would pass the year 9999.");
        Volatile.Write(ref _ticks, ticks);
    }

    /// <summary>The name of the next study object that writes by this clock.</summary>
    internal string NextWriter() => string.Create(
        CultureInfo.InvariantCulture,
        $"simulated-{Start.AddTicks(Ticks).UtcTicks / TimeSpan.TicksPerSecond:x}-{Interlocked.Increment(ref _writers)}");

    private sealed class InertTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
