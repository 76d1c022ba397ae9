using Attune.Events;
using Attune.Histories;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Testing;

/// <summary>One worker that does what a scheduler says, one run after the other, and reports at the resources that it likes.</summary>
internal sealed class SequentialRun
{
    private readonly TestProblem _problem;
    private readonly IScheduler _scheduler;
    private readonly JournalScript _script;

    internal SequentialRun(TestProblem problem, IScheduler scheduler, ulong seed, int trials)
    {
        (_problem, _scheduler) = (problem, scheduler);
        var definition = JournalScript.Define(problem.Problem, seed) with
        {
            Scheduler = scheduler.Descriptor,
            Budget = new() { Trials = trials },
        };
        _script = new(definition, schedulers: [scheduler]);
    }

    /// <summary>The resources at which programs report; one that goes beyond its target is reported, and is the last.</summary>
    internal IReadOnlyList<double> Resources { get; init; } = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>The resource at which a trial is complete by itself; null for the whole.</summary>
    internal Func<int, double?> End { get; init; } = _ => null;

    internal History History => _script.History;

    /// <summary>The last answer of the scheduler.</summary>
    internal SchedulerAction? Action { get; private set; }

    /// <summary>Appends any event.</summary>
    internal void Append(StudyEvent payload) => _script.Append(payload);

    /// <summary>Asks once and does what is said; whether there was something to do.</summary>
    internal bool Step()
    {
        Action = _scheduler.Next(new(History));
        switch (Action)
        {
            case SchedulerAction.Start start when History.Trials.Count < History.Budget.Trials:
                Start(start);
                return true;
            case SchedulerAction.Resume resume:
                _script.Append(
                    new Resumed(resume.Trial, resume.Resource, History.Position, resume.Step, resume.Configuration),
                    History.Trials[resume.Trial].Token + 1);
                Run(resume.Trial, resume.Resource, History.Trials[resume.Trial].Resource ?? 0);
                return true;
            default:
                return false;
        }
    }

    private void Start(SchedulerAction.Start start)
    {
        var (number, basis) = (History.Trials.Count, History.Position);
        var stream = Keys.ForProposal(History.Seed, number, "sequential").CreateStream();
        var configuration = _problem.Problem.Space.Sample(ref stream);
        _script.Append(new Reserved(number, TrialOrigin.Sampler, History.SamplerIndex, 0, 1, start.Resource, start.Step), 1);
        _script.Append(new Proposed(number, configuration, basis, 0, History.Definition.Sampler, "sequential"));
        _script.Append(new Started(number, 1, start.Resource, basis, start.Step));
        Run(number, start.Resource, 0);
    }

    private void Run(int number, double? target, double from)
    {
        var goal = target ?? _problem.Problem.Fidelity!.High;
        var end = End(number) ?? double.PositiveInfinity;
        foreach (var resource in Resources.Where(resource => resource > from))
        {
            var metrics = _problem.Evaluate(History.Trials[number].Configuration!, resource, Keys.EvaluationSeed(History.Seed, number));
            _script.Measure(number, metrics, resource);
            var trial = History.Trials[number];
            var decision = _scheduler.OnMeasurement(trial, trial.Measurements[^1], new(History));
            if (decision != TrialDecision.Continue)
            {
                _script.Append(new Decided(number, decision, History.Position));
                _script.Append(decision == TrialDecision.Pause ? new Paused(number) : new Finished(number, Stopped: true));
                return;
            }

            if (resource >= goal || resource >= end)
                break;
        }

        _script.Append(new Finished(number));
    }
}
