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
        /// <summary>What has passed since; as processor time that of the clock where the system does not tell it, or where the work
        /// moved to another thread meanwhile: work that waits for nothing takes no more.</summary>
        internal (double Seconds, double Processor) Elapsed()
        {
            var now = Now();
            var seconds = Stopwatch.GetElapsedTime(Timestamp, now.Timestamp).TotalSeconds;
            return (seconds, now.Thread == Thread && now.Processor - Processor is { } processor ? processor : seconds);
        }
    }
}
