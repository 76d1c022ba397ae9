using Attune.Algorithms;

namespace Attune.Testing.Tests.Samplers;

public sealed class SamplerContractTests
{
    [Theory]
    [InlineData("ignores-constraints", nameof(SamplerContract.ProposalsAreLegal))]
    [InlineData("counts-questions", nameof(SamplerContract.ReplayHoldsAtEveryPrefix))]
    [InlineData("counts-questions", nameof(SamplerContract.ReplayHoldsWithPausedTrials))]
    [InlineData("counts-questions", nameof(SamplerContract.RecordedProposalsFollowFromTheirBasis))]
    [InlineData("counts-questions", nameof(SamplerContract.BatchesHoldWhatIsAskedFor))]
    [InlineData("peeks", nameof(SamplerContract.HistoryFreeProposalsDependOnTheIndexAlone))]
    [InlineData("ignores-the-seed", nameof(SamplerContract.OtherSeedOtherProposals))]
    [InlineData("always-the-same", nameof(SamplerContract.PendingTrialsAreNotRepeated))]
    [InlineData("always-the-same", nameof(SamplerContract.FailuresDoNotStopIt))]
    [InlineData("repeats-pending", nameof(SamplerContract.PendingTrialsAreNotRepeated))]
    [InlineData("gives-up-after-failures", nameof(SamplerContract.FailuresDoNotStopIt))]
    [InlineData("short-batches", nameof(SamplerContract.BatchesHoldWhatIsAskedFor))]
    [InlineData("old-space", nameof(SamplerContract.ReplayHoldsOverRevisionsOfTheSpace))]
    [InlineData("one-objective-only", nameof(SamplerContract.SeveralObjectivesAreTaken))]
    [InlineData("needs-feasible", nameof(SamplerContract.OutcomeConstraintsAreTaken))]
    [InlineData("overflows", nameof(SamplerContract.ExtremeLossesAreTaken))]
    [InlineData("ends-early", nameof(SamplerContract.FiniteSpacesEndWell))]
    [InlineData("copies-history", nameof(SamplerContract.WorkDoesNotGrowWithHistory))]
    public void Check_BrokenSampler_ThrowsTheViolatedLaw(string fault, string law)
    {
        var contract = new SamplerContract(MethodRegistry.Default.With(BrokenSampler.Register(fault)), new(fault, 1));
        var violation = Assert.Throws<ContractViolationException>(() => contract.Check(law, seed: 5));
        Assert.Equal((law, 5UL), (violation.Law, violation.Seed));
        Assert.Contains(fault, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ClaimToExhaustThatIsNotKept_Throws()
    {
        var contract = new SamplerContract(MethodRegistry.Default, new("random", 1), new() { ExhaustsFiniteSpaces = true });
        Assert.Throws<ContractViolationException>(() => contract.FiniteSpacesEndWell(1));
    }

    [Fact]
    public void Check_UnknownLaw_ListsTheLaws()
    {
        var error = Assert.Throws<ArgumentException>(() => new SamplerContract(MethodRegistry.Default, new("random", 1)).Check("Gravity"));
        Assert.Contains(nameof(SamplerContract.ProposalsAreLegal), error.Message, StringComparison.Ordinal);
    }
}
