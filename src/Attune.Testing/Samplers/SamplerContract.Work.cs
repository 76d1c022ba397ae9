using Attune.Numerics;
using Attune.Sampling;

namespace Attune.Testing;

/// <content>Laws of work and memory.</content>
public sealed partial class SamplerContract
{
    /// <summary>
    /// Allocated bytes and the number of times that configurations are checked for legality do not grow with history, from the number of
    /// trials on at which the sampler claims that growth ends, up to 10,000 trials.
    /// </summary>
    /// <param name="seed">The seed of the check.</param>
    public void WorkDoesNotGrowWithHistory(ulong seed)
    {
        Begin(seed);
        var checks = 0L;
        var space = new SearchSpaceBuilder()
            .Float("x", 0, 1).Float("y", 1e-3, 1, Scale.Log).Int("n", 1, 100).Categorical("kind", ["a", "b", "c"])
            .Constrain(InputConstraint.Of("counted", 1, configuration =>
            {
                checks++;
                return configuration.GetDouble("x") + configuration.GetDouble("y") < 1.5;
            }))
            .Build();
        var problem = OneLoss(space);
        var sampler = Create(problem, seed);
        var script = Script(problem, seed, sampler);
        var random = RandomKey.FromSeed(seed).CreateStream();
        var (early, late) = ((Bytes: 0L, Checks: 0L), (Bytes: 0L, Checks: 0L));
        var last = Math.Max(_options.LongHistory, 2 * _options.GrowthEnds);
        while (script.History.Trials.Count < last)
        {
            var count = script.History.Trials.Count;
            if (count == _options.GrowthEnds)
                early = Cost(script, sampler, () => checks);
            var configuration = space.Sample(ref random);
            script.Complete(script.Start(new(configuration)), new("loss", Loss(configuration)));
        }

        late = Cost(script, sampler, () => checks);
        Demand(late.Bytes <= (early.Bytes * _options.GrowthTolerance) + 1024,
            () => $"a proposal allocates {early.Bytes} bytes after {_options.GrowthEnds} trials, but {late.Bytes} after {last}.");
        Demand(late.Checks <= (early.Checks * _options.GrowthTolerance) + 32,
            () => $"a proposal checks {early.Checks} configurations after {_options.GrowthEnds} trials, but {late.Checks} after {last}.");
    }

    private static (long Bytes, long Checks) Cost(JournalScript script, ISampler sampler, Func<long> checks)
    {
        const int Rounds = 3;

        // The first proposals pay for what is made once: tables, buffers, compiled code.
        sampler.Propose(NextContext(script.History), 1);
        var (bytes, before) = (GC.GetAllocatedBytesForCurrentThread(), checks());
        for (var round = 0; round < Rounds; round++)
            sampler.Propose(NextContext(script.History) with { Index = script.History.SamplerIndex + round }, 1);
        return ((GC.GetAllocatedBytesForCurrentThread() - bytes) / Rounds, (checks() - before) / Rounds);
    }
}
