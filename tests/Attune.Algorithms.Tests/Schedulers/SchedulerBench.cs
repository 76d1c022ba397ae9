using System.Globalization;
using System.Text.Json;
using Attune.Algorithms.Schedulers;
using Attune.Events;
using Attune.Scheduling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Schedulers;

/// <summary>Does what a scheduler says, one step after the other, with losses from a table.</summary>
internal sealed class SchedulerBench
{
    private readonly IScheduler _scheduler;

    internal SchedulerBench(
        string name, string options, int trials, Problem? problem = null, IMethodCatalog? catalog = null)
    {
        var descriptor = MethodRegistry.Default.DescribeScheduler(name, JsonElement.Parse(options));
        var budget = new Budget { Trials = trials };
        problem ??= Epochs(81);
        _scheduler = (catalog ?? MethodRegistry.Default).CreateScheduler(descriptor, new(problem, 1, budget));
        Script = new(JournalScript.Define(problem, 1) with { Scheduler = descriptor, Budget = budget }, schedulers: [_scheduler]);
    }

    internal JournalScript Script { get; }

    internal IReadOnlyList<RungSummary> Rungs => ((IRungScheduler)_scheduler).Rungs;

    internal static Problem Epochs(double high, double low = 1, bool isInteger = true) => new(
        new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new Objective("loss")],
        fidelities: [new Fidelity("epoch", low, high) { IsInteger = isInteger }]);

    internal SchedulerAction Next() => _scheduler.Next(new(Script.History));

    /// <summary>Does what the scheduler says now.</summary>
    /// <returns>The trial and the resource up to which it runs.</returns>
    internal (int Trial, double? Resource) Go()
    {
        switch (Next())
        {
            case SchedulerAction.Start start:
                var number = Script.History.Trials.Count;
                Script.Append(new Reserved(number, TrialOrigin.Sampler, number, 0, 1, start.Resource, start.Step), 1);
                Script.Append(new Proposed(
                    number, Script.History.Problem.Space.Default(), Script.History.Position, 0, new("random", 1), "bench"));
                Script.Append(new Started(number, 1, start.Resource, Script.History.Position, start.Step));
                return (number, start.Resource);
            case SchedulerAction.Resume resume:
                Script.Append(
                    new Resumed(resume.Trial, resume.Resource, Script.History.Position, resume.Step),
                    Script.History.Trials[resume.Trial].Token + 1);
                return (resume.Trial, resume.Resource);
            case var other:
                throw new InvalidOperationException($"There is nothing to do: {other}.");
        }
    }

    /// <summary>Reports a loss and does what is decided; the trial completes when it has all that it was to get.</summary>
    internal TrialDecision Report(int trial, double loss, double resource) => Report(trial, new MetricValues("loss", loss), resource);

    /// <summary>Reports metrics and does what is decided; the trial completes when it has all that it was to get.</summary>
    internal TrialDecision Report(int trial, MetricValues metrics, double resource)
    {
        Script.Measure(trial, metrics, resource);
        var decision = Ask(trial);
        if (decision == TrialDecision.Pause)
            Script.Pause(trial);
        else if (decision == TrialDecision.Stop)
            Script.Append(new Finished(trial, Stopped: true));
        else if (resource >= (Script.History.Trials[trial].Target ?? Script.History.Problem.Fidelity!.High))
            Script.Append(new Finished(trial));
        return decision;
    }

    internal TrialDecision Ask(int trial)
    {
        var running = Script.History.Trials[trial];
        return _scheduler.OnMeasurement(running, running.Measurements[^1], new(Script.History));
    }

    /// <summary>Runs until there is nothing to do, one trial at a time.</summary>
    /// <param name="loss">The loss of a trial at a resource.</param>
    /// <returns>What ran, such as <c>3@9</c> for trial 3 up to resource 9, in order.</returns>
    internal string RunAll(Func<int, double, double> loss)
    {
        var runs = new List<string>();
        while (Next() is SchedulerAction.Start or SchedulerAction.Resume)
        {
            var (trial, resource) = Go();
            runs.Add(string.Create(CultureInfo.InvariantCulture, $"{trial}@{resource}"));
            Report(trial, loss(trial, resource!.Value), resource.Value);
        }

        return string.Join(' ', runs);
    }
}
