using System.Globalization;
using System.Text;
using System.Text.Json;
using Attune.Algorithms;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;
using Attune.Scheduling;
using Attune.Simulation;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Runtime.Tests.Simulation;

/// <summary>Small studies that are simulated.</summary>
internal static class SimulationLab
{
    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static SearchSpace Space { get; } = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    internal static MethodRegistry Methods { get; } = LastLossSampler.Methods.With(HalvingStub.Registration);

    internal static Problem Problem(double high = 9, bool isResumable = true, string? costMetric = null) => new(
        Space, [new("loss")], fidelities: [new("epoch", 1, high) { IsResumable = isResumable }], costMetric: costMetric);

    internal static StudyDefinition Define(
        Problem problem, Budget budget, string scheduler = "run-to-completion", string? options = null, string sampler = "random") => new(
        problem, 3, Methods.DescribeSampler(sampler),
        Methods.DescribeScheduler(scheduler, options is null ? null : JsonElement.Parse(options))) { Budget = budget };

    /// <summary>One report for each unit of resource, one second each; the loss falls as a trial goes on.</summary>
    internal static SimulatedProgram Curve(double checkpointEvery = double.PositiveInfinity) =>
        new(assignment => Steps(assignment, checkpointEvery));

    internal static IEnumerable<SimulatedStep> Steps(Assignment assignment, double checkpointEvery = double.PositiveInfinity) =>
        Enumerable.Range(1, 1000).Select(i => (assignment.FromResource ?? 0) + i).TakeWhile(r => r <= (assignment.Resource ?? 1))
            .Select(r => SimulatedStep.Of(1, "loss", assignment.Configuration.Numbers[0] + (1 / r), r) with
            {
                SavesCheckpoint = r % checkpointEvery == 0,
            });

    internal static async Task<Outcome> RunAsync(StudyDefinition definition, ISimulatedProgram program, SimulatedRunOptions? options = null)
    {
        await using var store = new MemoryStore();
        var clock = new SimulatedClock();
        RunSummary summary;
        await using (var study = await Study.CreateAsync(store, "simulated", definition, new() { Catalog = Methods, Clock = clock }, Cancel))
            summary = await study.SimulateAsync(program, options, Cancel);
        var events = await ReplayLaw.ReadAsync(await store.OpenAsync("simulated", Cancel), Cancel);
        return new(summary, clock.Elapsed.TotalSeconds, events);
    }

    internal sealed record Outcome(RunSummary Summary, double Seconds, IReadOnlyList<JournalEvent> Events)
    {
        internal History History => Summary.History;

        internal IEnumerable<T> All<T>() => Events.Select(e => e.Payload).OfType<T>();

        /// <summary>Every event to the byte.</summary>
        internal IEnumerable<string> Texts()
        {
            var codec = new EventCodec();
            foreach (var e in Events)
            {
                codec.Accept(e.Payload);
                var encoded = codec.Encode(e.Payload);
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{e.Position} {e.Time:O} {e.Writer} {e.Sequence} {e.Token} {e.Causation} {encoded.Kind} {Encoding.UTF8.GetString(encoded.Body.Span)}");
            }
        }
    }

    /// <summary>Four trials up to 1, then the better two up to 3, then the best to the end; workers wait meanwhile.</summary>
    internal sealed class HalvingStub(MethodDescriptor descriptor) : IScheduler
    {
        internal static SchedulerRegistration Registration { get; } =
            SchedulerRegistration.Create("halving-stub", 1, "One bracket of four.", (descriptor, _) => new HalvingStub(descriptor));

        public MethodDescriptor Descriptor { get; } = descriptor;

        public void Observe(in JournalEvent journalEvent, History history)
        {
        }

        public SchedulerAction Next(in ScheduleContext context)
        {
            var history = context.History;
            if (history.Trials.Count < 4)
                return new SchedulerAction.Start(1);
            foreach (var (before, resource, most) in ((double, double, int)[])[(1, 3, 2), (3, history.Problem.Fidelity!.High, 1)])
            {
                if (history.Trials.Count(trial => trial.Target >= resource) >= most)
                    continue;
                if (history.Running.Any(number => history.Trials[number].Target < resource))
                    return new SchedulerAction.Wait();
                var best = history.Paused.Select(number => history.Trials[number]).Where(trial => trial.Target == before)
                    .MinBy(trial => trial.Losses[0])!;
                return new SchedulerAction.Resume(best.Number, resource);
            }

            return new SchedulerAction.Finish();
        }

        public TrialDecision OnMeasurement(Trial trial, Measurement measurement, in ScheduleContext context) =>
            measurement.Resource >= trial.Target && trial.Target < context.History.Problem.Fidelity!.High
                ? TrialDecision.Pause : TrialDecision.Continue;
    }
}
