namespace Attune.Sqlite.Connections;

/// <summary>Moments as the store keeps them: whole steps of 100 nanoseconds since 1970 (UTC), so that nothing is rounded.</summary>
internal static class UnixTicks
{
    internal static long Of(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    internal static long? Of(DateTimeOffset? time) => time is { } moment ? Of(moment) : null;

    internal static DateTimeOffset ToTime(long ticks) => new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    internal static DateTimeOffset? ToTime(long? ticks) => ticks is { } known ? ToTime(known) : null;
}
