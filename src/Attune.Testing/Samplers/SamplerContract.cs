using Attune.Histories;
using Attune.Sampling;

namespace Attune.Testing;

/// <summary>
/// The laws that every sampler keeps, one method a law. A test lists <see cref="Laws"/> and calls <see cref="Check"/>; whoever writes a
/// sampler runs the same suite.
/// </summary>
public sealed partial class SamplerContract
{
    private static readonly LawTable<Action<SamplerContract, ulong>> Checks = new(
        new()
        {
            [nameof(ProposalsAreLegal)] = (contract, seed) => contract.ProposalsAreLegal(seed),
            [nameof(SameSeedSameProposals)] = (contract, seed) => contract.SameSeedSameProposals(seed),
            [nameof(OtherSeedOtherProposals)] = (contract, seed) => contract.OtherSeedOtherProposals(seed),
            [nameof(HistoryFreeProposalsDependOnTheIndexAlone)] = (contract, seed) =>
                contract.HistoryFreeProposalsDependOnTheIndexAlone(seed),
            [nameof(ReplayHoldsAtEveryPrefix)] = (contract, seed) => contract.ReplayHoldsAtEveryPrefix(seed),
            [nameof(ReplayHoldsWithPausedTrials)] = (contract, seed) => contract.ReplayHoldsWithPausedTrials(seed),
            [nameof(ReplayHoldsOverRevisionsOfTheSpace)] = (contract, seed) => contract.ReplayHoldsOverRevisionsOfTheSpace(seed),
            [nameof(RecordedProposalsFollowFromTheirBasis)] = (contract, seed) => contract.RecordedProposalsFollowFromTheirBasis(seed),
            [nameof(PendingTrialsAreNotRepeated)] = (contract, seed) => contract.PendingTrialsAreNotRepeated(seed),
            [nameof(FailuresDoNotStopIt)] = (contract, seed) => contract.FailuresDoNotStopIt(seed),
            [nameof(SeveralObjectivesAreTaken)] = (contract, seed) => contract.SeveralObjectivesAreTaken(seed),
            [nameof(OutcomeConstraintsAreTaken)] = (contract, seed) => contract.OutcomeConstraintsAreTaken(seed),
            [nameof(BatchesHoldWhatIsAskedFor)] = (contract, seed) => contract.BatchesHoldWhatIsAskedFor(seed),
            [nameof(FiniteSpacesEndWell)] = (contract, seed) => contract.FiniteSpacesEndWell(seed),
            [nameof(ExtremeLossesAreTaken)] = (contract, seed) => contract.ExtremeLossesAreTaken(seed),
            [nameof(WorkDoesNotGrowWithHistory)] = (contract, seed) => contract.WorkDoesNotGrowWithHistory(seed),
        });

    private static readonly MethodDescriptor RunToCompletion = new("run-to-completion", 1);

    private readonly IMethodCatalog _catalog;
    private readonly MethodDescriptor _sampler;
    private readonly SamplerContractOptions _options;
    private string _law = "";
    private ulong _seed;

    /// <summary>A suite for one sampler.</summary>
    /// <param name="catalog">Makes the sampler; must also know the scheduler <c>run-to-completion</c>.</param>
    /// <param name="sampler">The sampler.</param>
    /// <param name="options">What it claims; null for the defaults.</param>
    public SamplerContract(IMethodCatalog catalog, MethodDescriptor sampler, SamplerContractOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(sampler);
        (_catalog, _sampler, _options) = (catalog, sampler, options ?? new());
    }

    /// <summary>The names of all laws.</summary>
    public static IReadOnlyList<string> Laws => Checks.Names;

    /// <summary>Checks a law.</summary>
    /// <param name="law">One of <see cref="Laws"/>.</param>
    /// <param name="seed">The seed of everything random in the check.</param>
    /// <exception cref="ContractViolationException">The law is not kept.</exception>
    /// <exception cref="ArgumentException">There is no such law.</exception>
    public void Check(string law, ulong seed = 1) => Checks.Find(law)(this, seed);

    private void Begin(ulong seed, [System.Runtime.CompilerServices.CallerMemberName] string law = "") => (_law, _seed) = (law, seed);

    private ContractViolationException Violation(string message) => new(_sampler.ToString(), _law, _seed, message);

    private void Demand(bool holds, Func<string> message)
    {
        if (!holds)
            throw Violation(message());
    }

    private ISampler Create(Problem problem, ulong seed, int? trials = null) =>
        _catalog.CreateSampler(_sampler, new(problem, seed, new Budget { Trials = trials }));

    private static JournalScript Script(Problem problem, ulong seed, ISampler sampler) =>
        new(JournalScript.Define(problem, seed, sampler.Descriptor), [sampler]);

    private static Problem OneLoss(SearchSpace space) => new(space, [new Objective("loss")]);

    private static ProposalContext NextContext(History history) => new(history, history.Trials.Count, history.SamplerIndex);

    /// <summary>A smooth loss on any space, with its minimum off the middle.</summary>
    private static double Loss(Configuration configuration)
    {
        var unit = new double[configuration.Space.Dimensions];
        configuration.Space.Encode([configuration], unit);
        return unit.Select((coordinate, i) => Math.Pow(coordinate - 0.3 - (0.05 * (i % 7)), 2)).Sum() / unit.Length;
    }

    /// <summary>One trial after the other, each completed at once.</summary>
    private List<Proposal> Drive(JournalScript script, ISampler sampler, int count, Func<Configuration, MetricValues> evaluate)
    {
        var proposals = new List<Proposal>();
        while (proposals.Count < count)
        {
            var proposed = sampler.Propose(NextContext(script.History), 1);
            if (proposed.Count == 0)
                break;
            DemandLegal(script.History.Problem.Space, proposed[0], proposals.Count);
            proposals.Add(proposed[0]);
            script.Complete(script.Start(proposed[0]), evaluate(proposed[0].Configuration));
        }

        return proposals;
    }

    private void DemandLegal(SearchSpace space, Proposal proposal, long index)
    {
        Demand(ReferenceEquals(proposal.Configuration.Space, space), () => $"proposal {index} is not of the current space.");
        var problem = space.Validate(proposal.Configuration);
        Demand(problem is null, () => $"proposal {index} ({proposal.Configuration}) is not legal: {problem}.");
    }

    private void DemandSame(IReadOnlyList<Proposal> expected, IReadOnlyList<Proposal> found, Func<string> where)
    {
        Demand(expected.Count == found.Count, () => $"{where()}: {found.Count} proposals instead of {expected.Count}.");
        for (var i = 0; i < expected.Count; i++)
        {
            var (left, right) = (expected[i], found[i]);
            var same = left.Configuration.Numbers.SequenceEqual(right.Configuration.Numbers) && left.Annotation == right.Annotation;
            Demand(same, () =>
                $"{where()}: ({right.Configuration}) {right.Annotation} instead of ({left.Configuration}) {left.Annotation}.");
        }
    }
}
