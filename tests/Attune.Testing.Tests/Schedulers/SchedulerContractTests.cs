using Attune.Algorithms;

namespace Attune.Testing.Tests.Schedulers;

public sealed class SchedulerContractTests
{
    [Theory]
    [InlineData("counts-questions", nameof(SchedulerContract.ReplayHoldsAtEveryPrefix))]
    [InlineData("counts-questions", nameof(SchedulerContract.ReplayHoldsWithoutFidelity))]
    [InlineData("resumes-running", nameof(SchedulerContract.LateAndDuplicateMeasurementsAreTaken))]
    [InlineData("wants-too-much", nameof(SchedulerContract.ActionsArePossible))]
    [InlineData("wants-a-fidelity", nameof(SchedulerContract.ActionsArePossible))]
    [InlineData("waits-after-a-loss", nameof(SchedulerContract.LostWorkersDoNotStopIt))]
    [InlineData("waits-after-ties", nameof(SchedulerContract.TiesAreTaken))]
    [InlineData("one-objective-only", nameof(SchedulerContract.SeveralObjectivesAreTaken))]
    [InlineData("forgets-paused", nameof(SchedulerContract.EveryTrialComesToAnEnd))]
    [InlineData("copies-history", nameof(SchedulerContract.WorkDoesNotGrowWithHistory))]
    [InlineData("copies-history", nameof(SchedulerContract.WorkDoesNotGrowWithMeasuredTrials))]
    [InlineData("counts-questions", nameof(SchedulerContract.ReplayHoldsWithSeveralObjectives))]
    [InlineData("counts-questions", nameof(SchedulerContract.ReplayHoldsWithOutcomeConstraints))]
    [InlineData("waits-after-a-failure", nameof(SchedulerContract.FailuresDoNotStopIt))]
    [InlineData("waits-after-a-revision", nameof(SchedulerContract.TheSpaceMayBeRevised))]
    [InlineData("waits-after-a-leap", nameof(SchedulerContract.MeasurementsMayLeapOverRungs))]
    [InlineData("waits-after-a-leap", nameof(SchedulerContract.TrialsMayEndBeforeTheirTime))]
    [InlineData("no-constraints", nameof(SchedulerContract.OutcomeConstraintsAreTaken))]
    [InlineData("forgets-the-new-budget", nameof(SchedulerContract.TheBudgetMayGrow))]
    [InlineData("promotes-twice", nameof(SchedulerContract.OnlyTheBestArePromotedAndOnce))]
    public void Check_BrokenScheduler_ThrowsTheViolatedLaw(string fault, string law)
    {
        var contract = new SchedulerContract(MethodRegistry.Default.With(BrokenScheduler.Register(fault)), new(fault, 1));
        var violation = Assert.Throws<ContractViolationException>(() => contract.Check(law, seed: 6));
        Assert.Equal((law, 6UL), (violation.Law, violation.Seed));
    }

    [Theory]
    [InlineData("promotes-anybody", nameof(SchedulerContract.OnlyTheBestArePromotedAndOnce))]
    [InlineData("promotes-anybody", nameof(SchedulerContract.ReplayHoldsWithoutFidelity))]
    [InlineData("promotes-anybody", nameof(SchedulerContract.ActionsArePossible))]
    public void Check_SchedulerThatClaimsTooMuch_ThrowsTheViolatedLaw(string fault, string law)
    {
        var contract = new SchedulerContract(
            MethodRegistry.Default.With(BrokenScheduler.Register(fault)), new(fault, 1),
            new() { NeedsFidelity = true, ReductionFactor = 3, MaxResource = 2 });
        var violation = Assert.Throws<ContractViolationException>(() => contract.Check(law, seed: 6));
        Assert.Equal((law, 6UL), (violation.Law, violation.Seed));
    }

    [Fact]
    public void LateAndDuplicateMeasurementsAreTaken_SchedulerThatTrustsTheOrder_LetsItsExceptionThrough() =>
        Assert.Throws<InvalidOperationException>(
        () => new SchedulerContract(MethodRegistry.Default.With(BrokenScheduler.Register("trusts-order")), new("trusts-order", 1))
            .LateAndDuplicateMeasurementsAreTaken(1));
}
