using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Studies;

/// <summary>
/// A sampler that reads history, with a fold of its own. Events queue up here while it thinks, so that a proposal sees exactly the
/// prefix up to its basis and nobody waits for it.
/// </summary>
internal sealed class SamplerFeed(ISampler sampler)
{
    private readonly HistoryFold _fold = new();
    private readonly object _sync = new();
    private List<JournalEvent> _arriving = [];
    private List<JournalEvent> _spare = [];

    internal ISampler Sampler => sampler;

    /// <summary>The revision of the space that the last proposal was made in.</summary>
    internal int SpaceRevision => _fold.Current.SpaceRevision;

    internal void Add(in JournalEvent journalEvent)
    {
        lock (_sync)
            _arriving.Add(journalEvent);
    }

    /// <summary>Proposes for one reserved trial; one caller at a time.</summary>
    /// <returns>The basis, and the proposal; none when the sampler is exhausted.</returns>
    internal (long Basis, Proposal? Proposal) Propose(int trial, int parallelism)
    {
        CatchUp();
        var reserved = _fold.Current.Trials[trial];
        var context = new ProposalContext(_fold.Current, trial, reserved.SamplerIndex, reserved.Target, parallelism);
        var proposals = sampler.Propose(context, 1);
        return (_fold.Current.Position, proposals.Count == 0 ? null : proposals[0]);
    }

    private void CatchUp()
    {
        List<JournalEvent> batch;
        lock (_sync)
        {
            batch = _arriving;
            _arriving = _spare;
        }

        foreach (var journalEvent in batch)
        {
            _fold.Apply(journalEvent);
            sampler.Observe(journalEvent, _fold.Current);
        }

        batch.Clear();
        _spare = batch;
    }
}
