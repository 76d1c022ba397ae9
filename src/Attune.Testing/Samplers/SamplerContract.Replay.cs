using System.Collections.Immutable;
using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Testing;

/// <content>Laws of replay.</content>
public sealed partial class SamplerContract
{
    /// <summary>
    /// At every prefix of a parallel journal with lost, late, failed, retried and enqueued trials, a fresh sampler that only observed
    /// proposes bit for bit what one that proposed all along does.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsAtEveryPrefix(ulong seed)
    {
        Begin(seed);
        DemandReplay(TestProblems.Conditional(), new() { Trials = _options.ReplayTrials });
        DemandReplay(TestProblems.TwoObjectives(), new() { Trials = _options.ReplayTrials / 2 });
    }

    /// <summary>The same, with trials that are measured several times, pause and go on.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsWithPausedTrials(ulong seed)
    {
        Begin(seed);
        var problem = TestProblems.Curves();
        var sampler = Create(problem.Problem, seed);
        var script = Script(problem.Problem, seed, sampler);
        for (var round = 0; round < _options.ReplayTrials / 2; round++)
        {
            var proposed = sampler.Propose(NextContext(script.History) with { Resource = 3 }, 1);
            if (proposed.Count == 0)
                break;
            var trial = script.Start(proposed[0], 3);
            for (var epoch = 1; epoch <= 3; epoch++)
                script.Measure(trial, problem.Evaluate(proposed[0].Configuration, epoch, 0), epoch);
            script.Pause(trial);
            if (round % 3 != 2)
                continue;
            script.Resume(trial - 2, 9);
            script.Measure(trial - 2, problem.Evaluate(script.History.Trials[trial - 2].Configuration!, 9, 0), 9);
            script.Append(new Finished(trial - 2, Stopped: round % 2 == 0));
        }

        DemandReplay([.. script.Events]);
    }

    /// <summary>The same, when the space is revised on the way: proposals are legal in the revised space.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ReplayHoldsOverRevisionsOfTheSpace(ulong seed)
    {
        Begin(seed);
        var revised = new SearchSpaceBuilder().Float("x", -4, 2).Float("y", -2, 5).Int("added", 0, 3).Build();
        DemandReplay(
            TestProblems.TwoObjectives(),
            new() { Trials = _options.ReplayTrials, ReviseAfter = _options.ReplayTrials / 2, Revise = _ => revised });
    }

    /// <summary>Every recorded proposal of a parallel journal follows from the events up to its basis.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void RecordedProposalsFollowFromTheirBasis(ulong seed)
    {
        Begin(seed);
        foreach (var workers in new[] { 1, 4, 8 })
        {
            var problem = TestProblems.Branin();
            var events = SimulatedStudy.Run(problem, _catalog, _sampler, RunToCompletion, seed,
                new() { Workers = workers, Trials = _options.ReplayTrials });
            foreach (var proposed in events.Select(journalEvent => journalEvent.Payload).OfType<Proposed>()
                .Where(proposed => proposed.Sampler is not null))
            {
                var fresh = Create(problem.Problem, seed, _options.ReplayTrials);
                var history = JournalScript.Replay(events.Take((int)proposed.Basis), fresh);
                var trial = history.Trials[proposed.Trial];
                var context = new ProposalContext(history, trial.Number, trial.SamplerIndex, trial.Target, workers);
                DemandSame([new(proposed.Configuration, proposed.Annotation)], fresh.Propose(context, 1),
                    () => $"trial {trial.Number} at basis {proposed.Basis}");
            }
        }
    }

    private void DemandReplay(TestProblem problem, SimulationOptions options) =>
        DemandReplay(SimulatedStudy.Run(problem, _catalog, _sampler, RunToCompletion, _seed, options));

    private void DemandReplay(ImmutableArray<JournalEvent> events)
    {
        var definition = ((StudyCreated)events[0].Payload).Definition;
        var context = new MethodContext(definition.Problem, _seed, definition.Budget);
        var fold = new HistoryFold();
        var experienced = _catalog.CreateSampler(_sampler, context);
        for (var length = 1; length <= events.Length; length++)
        {
            fold.Apply(events[length - 1]);
            experienced.Observe(events[length - 1], fold.Current);
            var expected = experienced.Propose(NextContext(fold.Current), 1);
            foreach (var proposal in expected)
                DemandLegal(fold.Current.Problem.Space, proposal, length);

            var fresh = _catalog.CreateSampler(_sampler, context);
            var history = JournalScript.Replay(events.Take(length), fresh);
            DemandSame(expected, fresh.Propose(NextContext(history), 1),
                () => $"a fresh sampler at position {length} ({events[length - 1].Payload.GetType().Name})");

            // What is asked in between must leave no trace.
            experienced.Propose(NextContext(fold.Current) with { Index = fold.Current.SamplerIndex + 3 }, 2);
        }
    }
}
