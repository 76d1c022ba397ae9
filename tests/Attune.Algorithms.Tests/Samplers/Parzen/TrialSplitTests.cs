using Attune.Algorithms.Samplers;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Parzen;

public sealed class TrialSplitTests
{
    private static readonly SearchSpace Space = TestSpaces.Plane();

    [Fact]
    public void Split_Losses_TakesTheBestShareAsGoodAndAllOthersAsBad()
    {
        var run = new Run(new Problem(Space, [new Objective("loss")]), new() { Gamma = 0.25 });
        foreach (var loss in new[] { 5.0, 1, 4, 2, 3, 9 })
            run.Script.Complete(run.Start(), new("loss", loss));
        var (good, bad) = run.Split();
        Assert.Equal([1, 3], good);
        Assert.Equal([0, 2, 4, 5], bad.Order());
    }

    [Fact]
    public void Split_FailedAndPendingTrials_AreBad()
    {
        var run = new Run(new Problem(Space, [new Objective("loss")]), new() { Gamma = 0.9 });
        run.Script.Fail(run.Start());
        run.Script.Complete(run.Start(), new("loss", 1e300));
        run.Script.Lose(run.Start());
        var retried = run.Start();
        run.Script.Fail(retried, willRetry: true);
        run.Start();
        var own = run.Start();
        var (good, bad) = run.Split(own);
        Assert.Equal([1], good);
        Assert.Equal([0, 2, retried, 4], bad.Order());
    }

    [Fact]
    public void Split_Constraints_PutsFeasibleTrialsFirstAndThenTheSmallestViolations()
    {
        var problem = new Problem(Space, [new Objective("loss")], [new("size", AtMost: 10), new("time", AtMost: 1)]);
        var run = new Run(problem, new() { Gamma = 0.75 });

        // Violations: of size 5 and 100, of time 0.5; relative to the largest (rounded up to 128 and 1) 0.04 and 0.78 and 0.5.
        foreach (var (loss, size, time) in new[] { (0.0, 15.0, 0.0), (0, 110, 0), (0, 0, 1.5), (7, 0, 0) })
            run.Script.Complete(run.Start(), new([new("loss", loss), new("size", size), new("time", time)]));
        var (good, bad) = run.Split();
        Assert.Equal([3, 0, 2], good);
        Assert.Equal([1], bad);
    }

    [Fact]
    public void Split_SeveralObjectives_TakesTheFront()
    {
        var run = new Run(new Problem(Space, [new Objective("a"), new Objective("b", Direction.Maximize)]), new() { Gamma = 0.5 });
        foreach (var (a, b) in new[] { (0.0, 0.0), (1, -1), (1, 1), (2, 0.5), (0.5, 0.5), (3, 0) })
            run.Script.Complete(run.Start(), new([new("a", a), new("b", b)]));
        var (good, bad) = run.Split();
        Assert.Equal([0, 2, 4], good.Order());
        Assert.Equal([1, 3, 5], bad.Order());
    }

    [Fact]
    public void Split_ManyTrials_BoundsTheBadAndKeepsTheNewest()
    {
        var run = new Run(new Problem(Space, [new Objective("loss")]), new());
        for (var i = 0; i < 5_000; i++)
            run.Script.Complete(run.Start(), new("loss", 5_000 - i));
        var (good, bad) = run.Split();
        Assert.Equal(Enumerable.Range(4_975, 25), good.Order());
        Assert.Equal(1_000, bad.Distinct().Count());
        Assert.All(Enumerable.Range(4_475, 500), number => Assert.Contains(number, bad));
        Assert.Contains(bad, number => number < 10);
    }

    [Fact]
    public void Split_Branch_TakesItsTrialsAlone()
    {
        var space = new SearchSpaceBuilder().Categorical("kind", ["a", "b"]).Float("x", 0, 1, when: "kind == 'a'").Build();
        var run = new Run(new Problem(space, [new Objective("loss")]), new() { Gamma = 0.5 });
        foreach (var (kind, loss) in new[] { ("a", 1.0), ("b", 9.0), ("a", 3), ("b", 7), ("b", 8), ("b", 6) })
            run.Script.Complete(run.Start(space.Configure([new("kind", kind)], useDefaults: true)), new("loss", loss));
        run.Start(space.Configure([new("kind", "a")], useDefaults: true));
        var pending = run.Start(space.Configure([new("kind", "b")], useDefaults: true));
        var (good, bad) = run.Split(branchOf: 1);
        Assert.Equal([5, 3], good);
        Assert.Equal([1, 4, pending], bad.Order());
    }

    [Fact]
    public void Split_Fidelity_PutsTrialsThatWereWorthMoreOfItFirst()
    {
        var problem = new Problem(Space, [new Objective("loss")], fidelities: [new Fidelity("epoch", 1, 9)]);
        var run = new Run(problem, new() { Gamma = 0.5 });
        foreach (var (loss, epoch) in new[] { (0.1, 1), (0.5, 9), (0.4, 9), (0.2, 3) })
        {
            var trial = run.Start();
            run.Script.Measure(trial, new("loss", loss), epoch);
            run.Script.Append(new Events.Finished(trial, Stopped: epoch < 9));
        }

        Assert.Equal([2, 1], run.Split().Good);
    }

    private sealed class Run(Problem problem, TpeOptions options)
    {
        internal JournalScript Script { get; } = new(JournalScript.Define(problem, 1));

        internal int Start(Configuration? configuration = null) => Script.Start(new(configuration ?? problem.Space.Default()));

        internal (int[] Good, int[] Bad) Split(int own = -1, int? branchOf = null)
        {
            var data = new ParzenData();
            var fold = new Histories.HistoryFold();
            foreach (var journalEvent in Script.Events)
            {
                fold.Apply(journalEvent);
                data.Observe(journalEvent, fold.Current);
            }

            var split = new TrialSplit(data, options);
            split.Split(fold.Current, own, branchOf is { } trial ? data.BranchOf(trial) : null);
            return (split.Good.ToArray(), split.Bad.ToArray());
        }
    }
}
