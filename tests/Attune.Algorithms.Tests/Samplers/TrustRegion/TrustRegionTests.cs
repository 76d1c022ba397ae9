using Attune.Algorithms.Samplers;
using Attune.Histories;
using Attune.Sampling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class TrustRegionTests
{
    private static readonly SearchSpace Space = new([new FloatParameter("x", 0, 1)]);

    private static readonly MethodDescriptor Descriptor = MethodRegistry.Default.DescribeSampler("turbo");

    [Fact]
    public void Observe_SuccessesInARow_DoubleTheLengthUpToTheLongest()
    {
        var course = new Course(new() { InitialLength = 0.4, Successes = 2, Failures = 3 });

        course.Tell(10, 0.9);
        Assert.Equal((0.4, 1), (course.Region.Length, course.Region.Successes));
        course.Tell(10, 0.8);
        Assert.Equal((0.8, 0), (course.Region.Length, course.Region.Successes));
        course.Tell(10, 0.7, 0.6);
        Assert.Equal(1.6, course.Region.Length);
        course.Tell(10, 0.5, 0.4);
        Assert.Equal(1.6, course.Region.Length);
    }

    [Fact]
    public void Observe_FailuresInARow_HalveTheLength()
    {
        var course = new Course(new() { Successes = 2, Failures = 3 });

        course.Tell(1, 2, 2, 0.5, 2, 2);
        Assert.Equal((0.8, 2), (course.Region.Length, course.Region.Failures));
        course.Tell(0.5, 2);
        Assert.Equal((0.4, 0), (course.Region.Length, course.Region.Failures));
    }

    [Fact]
    public void Observe_LengthBelowTheShortest_BeginsAnewWithLaterTrials()
    {
        var course = new Course(new() { Successes = 2, Failures = 1, ShortestLength = 0.3 });
        var pending = course.Start(0.1);

        course.Tell(0.1, 1, 1);

        Assert.Equal((1, 0.8, 0, 3), (course.Region.Restarts, course.Region.Length, course.Region.Data.Count, course.Region.FirstIndex));
        course.Script.Complete(pending, new("loss", 0));
        Assert.Equal((0, 0), (course.Region.Data.Count, course.Region.Successes));
        course.Tell(1, 0.5);
        Assert.Equal((1, 1), (course.Region.Data.Count, course.Region.Successes));
    }

    [Fact]
    public void Observe_FailedTrial_CountsAsAFailureAndACancelledOneNot()
    {
        var course = new Course(new() { Failures = 5 });

        course.Script.Fail(course.Start(1));
        course.Script.Append(new Events.Failed(course.Start(1), FailureKind.Cancelled, "cancelled", false));

        Assert.Equal(1, course.Region.Failures);
    }

    [Fact]
    public void Observe_PendingTrials_CountInTheOrderInWhichTheyEndAgainstTheNewestTarget()
    {
        var course = new Course(new() { Successes = 5 });
        int[] pending = [course.Start(3), course.Start(2), course.Start(1)];

        course.Script.Complete(pending[2], new("loss", 0.9));
        Assert.Equal(1, course.Region.Successes);
        course.Script.Complete(pending[0], new("loss", 1.5));
        Assert.Equal((0, 1), (course.Region.Successes, course.Region.Failures));
    }

    [Fact]
    public void Observe_TrialsOfOthers_TellTheModelButDoNotCount()
    {
        var course = new Course(new());

        course.Script.Complete(course.Script.StartEnqueued(Space.Default()), new("loss", 1));

        Assert.Equal((1, 0, 0), (course.Region.Data.Count, course.Region.Successes, course.Region.Failures));
    }

    [Fact]
    public void Observe_NoFeasibleTrial_CountsWhateverViolatesLessAsASuccess()
    {
        var course = new Course(new(), [new OutcomeConstraint("a", AtMost: 0), new OutcomeConstraint("b", AtMost: 0)]);

        course.TellViolations((4, 100), (2, 100), (3, 40), (2, 90));

        // The third takes three fifths off b and adds a third of what it then has to a; the fourth is the other way round, but not as much.
        Assert.Equal((0, 1, 2), (course.Region.Successes, course.Region.Failures, course.Region.LeastViolating));
    }

    /// <summary>A region fed by a journal whose proposals carry the targets that the tests give them.</summary>
    private sealed class Course
    {
        private readonly Problem _problem;

        internal Course(TurboOptions options, IReadOnlyList<OutcomeConstraint>? constraints = null)
        {
            Region = new("turbo", options);
            _problem = new(Space, [new("loss")], constraints ?? []);
            Script = new(JournalScript.Define(_problem, 1, Descriptor), [new Listener(Region)]);
        }

        internal TrustRegion Region { get; }

        internal JournalScript Script { get; }

        internal int Start(double? target)
        {
            var annotation = Explanation.Write(writer => Region.Write(writer, target));
            return Script.Start(new(Space.Configure([new("x", (Script.History.Trials.Count + 1) / 100.0)]), annotation));
        }

        /// <summary>One trial with each loss, to be better than the target.</summary>
        internal void Tell(double target, params double[] losses)
        {
            foreach (var loss in losses)
                Script.Complete(Start(target), new("loss", loss));
        }

        internal void TellViolations(params (double A, double B)[] violations)
        {
            foreach (var (a, b) in violations)
                Script.Complete(Start(null), new([new("loss", 1), new("a", a), new("b", b)]));
        }
    }

    private sealed class Listener(TrustRegion region) : ISampler
    {
        public MethodDescriptor Descriptor => TrustRegionTests.Descriptor;

        public bool ReadsHistory => true;

        public void Observe(in Events.JournalEvent journalEvent, History history) => region.Observe(journalEvent, history);

        public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count) => [];
    }
}
