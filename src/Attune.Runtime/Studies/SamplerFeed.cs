using System.Runtime.ExceptionServices;
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
    /// <summary>How many events wait at most while the sampler does not think.</summary>
    internal const int MostArriving = 1024;

    private readonly HistoryFold _fold = new();
    private readonly object _sync = new();
    private readonly object _thinking = new();
    private List<JournalEvent> _arriving = [];
    private List<JournalEvent> _spare = [];
    private volatile ExceptionDispatchInfo? _failure;

    internal ISampler Sampler => sampler;

    /// <summary>The revision of the space that the last proposal was made in.</summary>
    internal int SpaceRevision { get; private set; }

    /// <summary>How many events the sampler has not observed yet.</summary>
    internal int ArrivingCount
    {
        get
        {
            lock (_sync)
                return _arriving.Count;
        }
    }

    internal void Add(in JournalEvent journalEvent)
    {
        // Once the sampler has failed, this feed is thrown away at the next proposal.
        if (_failure is not null)
            return;
        bool isMany;
        lock (_sync)
        {
            _arriving.Add(journalEvent);
            isMany = _arriving.Count >= MostArriving;
        }

        // Who only tells never proposes: what arrives must not pile up for ever.
        if (isMany && Monitor.TryEnter(_thinking))
        {
            try
            {
                CatchUp();
            }
            catch (Exception) when (_failure is not null)
            {
                // Whoever tells is not to suffer for it; the next proposal is.
            }
            finally
            {
                Monitor.Exit(_thinking);
            }
        }
    }

    /// <summary>Proposes for one reserved trial; one caller at a time.</summary>
    /// <returns>The basis, and the proposal; none when the sampler is exhausted.</returns>
    internal (long Basis, Proposal? Proposal) Propose(int trial, int parallelism)
    {
        lock (_thinking)
        {
            _failure?.Throw();
            CatchUp();
            SpaceRevision = _fold.Current.SpaceRevision;
            var reserved = _fold.Current.Trials[trial];
            var context = new ProposalContext(_fold.Current, trial, reserved.SamplerIndex, reserved.Target, parallelism);
            var proposals = sampler.Propose(context, 1);
            return (_fold.Current.Position, proposals.Count == 0 ? null : proposals[0]);
        }
    }

    /// <summary>What the sampler recommends, and how many trials had finished; null where it cannot say.</summary>
    internal (Recommended Recommended, int Finished)? Recommend(int parallelism)
    {
        if (sampler is not IRecommendingSampler recommending)
            return null;
        lock (_thinking)
        {
            _failure?.Throw();
            CatchUp();
            var history = _fold.Current;
            var context = new ProposalContext(history, history.Trials.Count, history.SamplerIndex, Parallelism: parallelism);
            if (recommending.Recommend(context) is not { } made)
                return null;
            var recommended = new Recommended(made.Trial, history.Position, made.Method)
            {
                Mean = made.Mean, Low = made.Low, High = made.High, Level = made.Level,
            };
            return (recommended, history.FinishedCount);
        }
    }

    private void CatchUp()
    {
        List<JournalEvent> batch;
        lock (_sync)
        {
            batch = _arriving;
            _arriving = _spare;
        }

        try
        {
            foreach (var journalEvent in batch)
            {
                _fold.Apply(journalEvent);
                sampler.Observe(journalEvent, _fold.Current);
            }
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }

        batch.Clear();
        _spare = batch;
    }
}
