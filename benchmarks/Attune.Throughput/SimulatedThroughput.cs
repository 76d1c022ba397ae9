using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Attune.Algorithms;
using Attune.Events;
using Attune.Execution;
using Attune.Journals;
using Attune.Simulation;

namespace Attune.Throughput;

/// <summary>A study with very many workers in simulated time: trials per second, memory, and whether both stay as they are.</summary>
internal static class SimulatedThroughput
{
    private const int Slices = 10;
    private const int Eta = 3;
    private const double High = 81;

    internal static async Task<int> RunAsync(int trials, int workers, string sampler, string scheduler, string options)
    {
        await MeasureAsync(Math.Min(trials, 20_000), workers, sampler, scheduler, options);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (used, paused) = (Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());
        var watch = Stopwatch.StartNew();
        var (study, history, clock, slices) = await MeasureAsync(trials, workers, sampler, scheduler, options);
        var seconds = watch.Elapsed.TotalSeconds;
        (used, paused) = (Environment.CpuUsage.TotalTime - used, GC.GetTotalPauseDuration() - paused);
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        using var process = Process.GetCurrentProcess();
        var states = string.Join(", ", Enum.GetValues<TrialState>().Where(state => history.CountOf(state) > 0).Select(
            state => string.Create(CultureInfo.InvariantCulture, $"{history.CountOf(state)} {state.ToString().ToLowerInvariant()}")));
        Print($"{history.Trials.Count} trials on {workers} workers by {sampler} and {scheduler}: {states}");
        Print($"  {history.Position} events; {history.ResourceSpent:F0} of resource in {clock.Elapsed.TotalSeconds:F0} simulated seconds");
        Print($"  {seconds:F1} s, {used.TotalSeconds:F1} s of processor time, {paused.TotalSeconds:F1} s of it collecting garbage");
        Print($"  {trials / used.TotalSeconds:F0} trials/s and {history.Position / used.TotalSeconds:F0} events/s of processor time");
        Print($"  {live / 1e6:F0} MB stay, {process.PeakWorkingSet64 / 1e6:F0} MB at most");
        for (var i = 0; i < slices.Count; i++)
            Print($"  tenth {i + 1}: {slices[i].Seconds / slices[i].Events * 1e6:F2} µs of processor time an event");
        await study.DisposeAsync();
        return 0;
    }

    private static async Task<(Study Study, Histories.History History, SimulatedClock Clock, List<(double Seconds, long Events)> Slices)>
        MeasureAsync(int trials, int workers, string sampler, string scheduler, string options)
    {
        var methods = MethodRegistry.Default;
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < 4; i++)
            builder.Float($"x{i}", 0, 1);
        var definition = new StudyDefinition(
            new(builder.Build(), [new("loss")], fidelities: [new("epoch", 1, High)]), Seed: 1, methods.DescribeSampler(sampler),
            methods.DescribeScheduler(scheduler, JsonElement.Parse(options)))
        { Budget = new() { Trials = trials } };
        var clock = new SimulatedClock();
        var store = new MemoryStore();
        var study = await Study.CreateAsync(store, Studies.Name, definition, new() { Catalog = methods, Clock = clock });
        var slices = new List<(double, long)>();
        var (used, position) = (Environment.CpuUsage.TotalTime, 0L);
        var summary = await study.SimulateAsync(new SimulatedProgram(Steps), new()
        {
            Workers = workers,
            OnEvent = (journalEvent, history) =>
            {
                if (journalEvent.Payload is not Reserved reserved || (reserved.Trial + 1) % Math.Max(1, trials / Slices) != 0)
                    return;
                var now = Environment.CpuUsage.TotalTime;
                slices.Add(((now - used).TotalSeconds, journalEvent.Position - position));
                (used, position) = (now, journalEvent.Position);
            },
        });
        return (study, summary.History, clock, slices);
    }

    /// <summary>Reports at the powers of three, as rungs lie; some configurations are faster, some start badly.</summary>
    private static IEnumerable<SimulatedStep> Steps(Assignment assignment)
    {
        var x = assignment.Configuration.Numbers;
        var (floor, slope, pace, at) = (x[0] * x[0], x[1], 0.5 + x[2], assignment.FromResource ?? 0);
        for (var resource = 1.0; resource <= assignment.Resource; resource *= Eta)
        {
            if (resource <= at)
                continue;
            yield return SimulatedStep.Of(pace * (resource - at), "loss", floor + (slope / resource), resource);
            at = resource;
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
