using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// What samplers share that walk through a sequence of points of the unit cube: proposal i is the i-th legal point, so refused points,
/// enqueued trials and the number of workers punch no holes. Coordinates are quantiles of the priors.
/// </summary>
public abstract class PointSetSampler : ISampler
{
    private readonly int _mostDimensions;
    private LegalPoints? _points;

    private protected PointSetSampler(MethodDescriptor descriptor, MethodContext context, int mostDimensions = int.MaxValue)
    {
        (Descriptor, _mostDimensions) = (descriptor, mostDimensions);
        CheckDimensions(context.Problem.Space.Dimensions);
    }

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => false;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var space = context.Space;
        if (_points is null || !ReferenceEquals(_points.Space, space))
        {
            CheckDimensions(space.Dimensions);
            _points = Walk(space, PointsOf(space.Dimensions));
        }

        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
            proposals[i] = new(_points.Find(context.Index + i)!);
        return proposals;
    }

    /// <summary>The sequence: fills a span with the coordinates of a numbered point.</summary>
    private protected abstract Action<long, double[]> PointsOf(int dimensions);

    private void CheckDimensions(int dimensions)
    {
        if (dimensions > _mostDimensions)
            throw new ProblemException($"Sampler '{Descriptor.Name}': the space has {dimensions} parameters, but the sequence has only "
                + $"{_mostDimensions} dimensions; use random or latin-hypercube.");
    }

    private static LegalPoints Walk(SearchSpace space, Action<long, double[]> fill)
    {
        var coordinates = new double[space.Dimensions];
        return new(space, Decode, long.MaxValue, isDense: !space.IsConstrained);

        Configuration Decode(long place)
        {
            fill(place, coordinates);
            return space.DecodeByPrior(coordinates);
        }
    }
}
