using System.Diagnostics;
using System.Globalization;
using Attune.Journals;

namespace Attune.Throughput;

/// <summary>Ask and tell in one thread on the in-memory journal.</summary>
internal static class MemoryThroughput
{
    private const int Slices = 10;

    internal static async Task<int> RunAsync(int trials)
    {
        await MeasureAsync(Math.Min(trials, 20_000));
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var paused = GC.GetTotalPauseDuration();
        var used = Environment.CpuUsage.TotalTime;
        var (study, store, slices) = await MeasureAsync(trials);
        used = Environment.CpuUsage.TotalTime - used;
        paused = GC.GetTotalPauseDuration() - paused;
        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / trials;
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)trials;
        var seconds = slices.Sum();

        // On a machine that others use too, the processor time says more than the clock.
        Print($"{trials} trials in {seconds:F2} s: {trials / seconds:F0} trials/s in all");
        Print($"  {bytes:F0} bytes per stored trial, {allocated} allocated");
        Print($"  {used.TotalSeconds:F2} s of processor time: {trials / used.TotalSeconds:F0} trials/s of it");
        Print($"  {paused.TotalSeconds:F2} s collecting garbage");
        for (var i = 0; i < Slices; i++)
            Print($"  tenth {i + 1}: {trials / Slices / slices[i]:F0} trials/s");
        await study.DisposeAsync();
        await store.DisposeAsync();
        return 0;
    }

    private static async Task<(Study Study, MemoryStore Store, List<double> Seconds)> MeasureAsync(int trials)
    {
        var store = new MemoryStore();
        var study = await Study.CreateAsync(store, Studies.Name, Studies.Define(trials: null), Studies.Options);
        var seconds = new List<double>();
        for (var slice = 0; slice < Slices; slice++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < trials / Slices; i++)
            {
                var asked = (await study.AskAsync())!;
                await study.TellAsync(asked, asked.Configuration.Numbers[0]);
            }

            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        return (study, store, seconds);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
