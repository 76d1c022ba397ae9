using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Attune.Comparison;

/// <summary>The time of the clock and of the processor that the current thread has used.</summary>
internal static partial class ThreadClock
{
    private const int LinuxThreadClock = 3;
    private const int MacThreadClock = 16;

    /// <summary>Takes both clocks.</summary>
    internal static Reading Now() => new(Stopwatch.GetTimestamp(), ProcessorSeconds(), Environment.CurrentManagedThreadId);

    private static double? ProcessorSeconds()
    {
        if (OperatingSystem.IsWindows())
            return null;
        return GetTime(OperatingSystem.IsMacOS() ? MacThreadClock : LinuxThreadClock, out var time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    private readonly record struct Time(nint Seconds, nint Nanoseconds);

    /// <summary>Both clocks at a moment.</summary>
    internal readonly record struct Reading(long Timestamp, double? Processor, int Thread)
    {
        /// <summary>What has passed since; no processor time when the work moved to another thread meanwhile.</summary>
        internal (double Seconds, double? Processor) Elapsed()
        {
            var now = Now();
            return (
                Stopwatch.GetElapsedTime(Timestamp, now.Timestamp).TotalSeconds, now.Thread == Thread ? now.Processor - Processor : null);
        }
    }
}
