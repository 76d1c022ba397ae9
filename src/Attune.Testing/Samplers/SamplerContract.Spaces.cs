using Attune.Numerics;

namespace Attune.Testing;

/// <content>Laws of legality, seeds and batches.</content>
public sealed partial class SamplerContract
{
    /// <summary>On every test space, proposals keep bounds, steps, conditions, forbidden combinations and constraints.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void ProposalsAreLegal(ulong seed)
    {
        Begin(seed);
        foreach (var (name, space) in TestSpaces.All.Where(pair => pair.Value.Dimensions <= _options.MaxDimensions))
        {
            var problem = OneLoss(space);
            var sampler = Create(problem, seed, _options.ProposalsPerSpace);
            var script = Script(problem, seed, sampler);
            var proposals = Drive(script, sampler, _options.ProposalsPerSpace, configuration => new("loss", Loss(configuration)));
            Demand(proposals.Count > 0, () => $"in the space '{name}' it proposes nothing.");
            Demand(proposals.Count == _options.ProposalsPerSpace || _options.ExhaustsFiniteSpaces,
                () => $"in the space '{name}' it proposes {proposals.Count} configurations and then nothing.");
        }
    }

    /// <summary>Two samplers with the same seed propose the same.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void SameSeedSameProposals(ulong seed)
    {
        Begin(seed);
        foreach (var space in new[] { TestSpaces.Mixed(), TestSpaces.Conditional() })
            DemandSame(Course(space, seed), Course(space, seed), () => "a second run");
    }

    /// <summary>Two samplers with different seeds propose differently, unless the sampler claims not to depend on it.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void OtherSeedOtherProposals(ulong seed)
    {
        Begin(seed);
        if (!_options.DependsOnSeed)
            return;
        var space = TestSpaces.Mixed();
        var (left, right) = (Course(space, seed), Course(space, seed + 1));
        Demand(!left.Select(proposal => proposal.Configuration).SequenceEqual(right.Select(proposal => proposal.Configuration)),
            () => $"the seeds {seed} and {seed + 1} give the same proposals.");
    }

    /// <summary>A sampler that says that it reads no history proposes for an index the same, whatever has happened.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void HistoryFreeProposalsDependOnTheIndexAlone(ulong seed)
    {
        Begin(seed);
        var problem = OneLoss(TestSpaces.Constrained());
        var experienced = Create(problem, seed);
        if (experienced.ReadsHistory)
            return;
        var script = Script(problem, seed, experienced);
        var course = Drive(script, experienced, _options.ProposalsPerSpace, configuration => new("loss", Loss(configuration)));
        var stream = RandomKey.FromSeed(seed).CreateStream();
        for (var ask = 0; ask < course.Count; ask++)
        {
            var index = stream.NextInt(course.Count);
            var fresh = Create(problem, seed);
            var empty = Script(problem, seed, fresh).History;
            DemandSame([course[index]], fresh.Propose(new(empty, 0, index), 1), () => $"index {index}, asked first");
            DemandSame([course[index]], experienced.Propose(new(script.History, script.History.Trials.Count, index), 1),
                () => $"index {index}, asked again");
        }
    }

    /// <summary>A batch holds as many proposals as are asked for, legal, and not all alike; without history it equals single
    /// proposals.</summary>
    /// <param name="seed">The seed of the check.</param>
    public void BatchesHoldWhatIsAskedFor(ulong seed)
    {
        Begin(seed);
        const int Size = 5;
        var problem = OneLoss(TestSpaces.Mixed());
        var sampler = Create(problem, seed);
        var script = Script(problem, seed, sampler);
        Drive(script, sampler, 12, configuration => new("loss", Loss(configuration)));
        var batch = sampler.Propose(NextContext(script.History), Size);
        Demand(batch.Count == Size, () => $"{batch.Count} proposals instead of {Size}.");
        for (var i = 0; i < Size; i++)
            DemandLegal(problem.Space, batch[i], i);
        Demand(batch.Select(proposal => proposal.Configuration).Distinct().Count() == Size, () => "a batch holds a configuration twice.");
        for (var i = 0; i < Size && !sampler.ReadsHistory; i++)
        {
            var single = sampler.Propose(NextContext(script.History) with { Index = script.History.SamplerIndex + i }, 1);
            DemandSame(single, [batch[i]], () => $"place {i} of a batch");
        }

        DemandSame(batch, sampler.Propose(NextContext(script.History), Size), () => "the same batch asked again");
    }

    /// <summary>
    /// In a finite space it goes on with legal configurations, or, where it claims so, proposes each once and then nothing.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void FiniteSpacesEndWell(ulong seed)
    {
        Begin(seed);
        foreach (var space in new[] { TestSpaces.Finite(), TestSpaces.SinglePoint() })
        {
            var size = (int)space.Count()!.Value;
            var problem = OneLoss(space);
            var sampler = Create(problem, seed);
            var script = Script(problem, seed, sampler);
            var proposals = Drive(script, sampler, size + 5, configuration => new("loss", Loss(configuration)));
            if (!_options.ExhaustsFiniteSpaces)
            {
                Demand(proposals.Count == size + 5,
                    () => $"it proposes only {proposals.Count} times, though it does not claim to exhaust finite spaces.");
                continue;
            }

            var different = proposals.Select(proposal => proposal.Configuration).Distinct().Count();
            Demand(different == proposals.Count, () => $"of {proposals.Count} proposals only {different} are different.");
            Demand(proposals.Count == size, () => $"it proposes {proposals.Count} of {size} configurations.");
            Demand(sampler.Propose(NextContext(script.History), 3).Count == 0, () => "it proposes more than there is.");
        }
    }

    private List<Attune.Sampling.Proposal> Course(SearchSpace space, ulong seed)
    {
        var problem = OneLoss(space);
        var sampler = Create(problem, seed);
        return Drive(Script(problem, seed, sampler), sampler, _options.ReplayTrials, configuration => new("loss", Loss(configuration)));
    }
}
