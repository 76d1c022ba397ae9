namespace Attune.Testing;

/// <content>Laws of what trials come to.</content>
public sealed partial class SamplerContract
{
    /// <summary>While trials are pending it goes on, and in a space with room it repeats none of them.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void PendingTrialsAreNotRepeated(ulong seed)
    {
        Begin(seed);
        foreach (var completed in new[] { 0, 10 })
        {
            var problem = OneLoss(TestSpaces.Mixed());
            var sampler = Create(problem, seed);
            var script = Script(problem, seed, sampler);
            Drive(script, sampler, completed, configuration => new("loss", Loss(configuration)));
            for (var pending = 0; pending < 12; pending++)
            {
                var proposed = sampler.Propose(NextContext(script.History) with { Parallelism = 12 }, 1);
                Demand(proposed.Count == 1, () => $"with {pending} pending trials it proposes nothing.");
                DemandLegal(problem.Space, proposed[0], pending);
                Demand(script.History.Trials.All(trial => !trial.Configuration!.Equals(proposed[0].Configuration)),
                    () => $"with {pending} pending trials it repeats ({proposed[0].Configuration}).");
                script.Start(proposed[0]);
            }
        }
    }

    /// <summary>When every trial fails or is lost it goes on with legal and different configurations; retried trials do no harm.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void FailuresDoNotStopIt(ulong seed)
    {
        Begin(seed);
        var problem = OneLoss(TestSpaces.Conditional());
        var sampler = Create(problem, seed);
        var script = Script(problem, seed, sampler);
        var seen = new HashSet<Configuration>();
        for (var i = 0; i < _options.ReplayTrials; i++)
        {
            var proposed = sampler.Propose(NextContext(script.History), 1);
            Demand(proposed.Count == 1, () => $"after {i} failures it proposes nothing.");
            DemandLegal(problem.Space, proposed[0], i);
            seen.Add(proposed[0].Configuration);
            var trial = script.Start(proposed[0]);
            if (i % 3 == 0)
            {
                script.Fail(trial, willRetry: true);
                script.Restart(trial);
            }

            if (i % 2 == 0)
                script.Fail(trial);
            else
                script.Lose(trial);
        }

        Demand(seen.Count > _options.ReplayTrials / 2,
            () => $"after failures it keeps to {seen.Count} configurations in {_options.ReplayTrials} proposals.");
    }

    /// <summary>Several objectives are taken, even when one of them never changes.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void SeveralObjectivesAreTaken(ulong seed)
    {
        Begin(seed);
        var problem = new Problem(
            TestSpaces.Mixed(), [new Objective("loss"), new Objective("gain", Direction.Maximize), new Objective("constant")]);
        var sampler = Create(problem, seed);
        var script = Script(problem, seed, sampler);
        var proposals = Drive(script, sampler, _options.ReplayTrials, configuration =>
            new([new("loss", Loss(configuration)), new("gain", 1e6 * Loss(configuration)), new("constant", 3)]));
        Demand(proposals.Count == _options.ReplayTrials, () => $"only {proposals.Count} proposals.");
    }

    /// <summary>Outcome constraints are taken, even when no trial keeps them.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void OutcomeConstraintsAreTaken(ulong seed)
    {
        Begin(seed);
        foreach (var bound in new[] { 0.05, -1 })
        {
            var problem = new Problem(TestSpaces.Mixed(), [new Objective("loss")], [new OutcomeConstraint("size", AtMost: bound)]);
            var sampler = Create(problem, seed);
            var script = Script(problem, seed, sampler);
            var proposals = Drive(script, sampler, _options.ReplayTrials, configuration =>
                new([new("loss", -Loss(configuration)), new("size", Loss(configuration))]));
            Demand(proposals.Count == _options.ReplayTrials, () => $"only {proposals.Count} proposals.");
        }
    }

    /// <summary>Constant, huge and tiny losses do no harm.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ExtremeLossesAreTaken(ulong seed)
    {
        Begin(seed);
        var scales = new Func<double, double>[]
        {
            _ => 1, loss => loss * 1e300, loss => loss * 1e-300, loss => loss < 0.08 ? loss : 1e12, loss => 1e15 + loss,
            _ => double.MaxValue, loss => loss < 0.1 ? -double.MaxValue : double.MaxValue,
        };
        foreach (var scale in scales)
        {
            var problem = OneLoss(TestSpaces.Mixed());
            var sampler = Create(problem, seed);
            var script = Script(problem, seed, sampler);
            var proposals = Drive(script, sampler, 15, configuration => new("loss", scale(Loss(configuration))));
            Demand(proposals.Count == 15, () => $"only {proposals.Count} proposals.");
        }
    }
}
