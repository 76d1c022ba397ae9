using Attune.Events;
using Attune.Histories;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>
/// Every combination of a few values of each parameter, once: all choices, and evenly spaced numbers on each scale, ends included. When
/// the grid is done there is nothing more to propose.
/// </summary>
/// <remarks>
/// Parameters that a condition switches off do not multiply the grid. When the space is revised, a new grid begins, without what has
/// been proposed already. A grid that takes over from another sampler
/// begins with its first point.
/// </remarks>
public sealed class GridSampler : ISampler
{
    private readonly GridOptions _options;
    private GridPlan? _plan;

    private GridSampler(MethodDescriptor descriptor, GridOptions options, MethodContext context)
    {
        (Descriptor, _options) = (descriptor, options);
        GridValues.Check(context.Problem.Space, options);
    }

    /// <summary>How registries know it: <c>grid</c>.</summary>
    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "grid", 1, "Every combination of a few values of each parameter, once.", GridJson.Default.GridOptions,
        [
            MethodOption.Integer(
                "points", "How many values a number is tried at when it has more; choices are tried all.", 1, GridValues.MostPoints),
            MethodOption.IntegerMap("parameters", "Other numbers of values for single parameters, by name.", 1, GridValues.MostPoints),
            MethodOption.Flag("shuffle", "Whether the grid is walked in a random order."),
        ],
        (descriptor, options, context) => new GridSampler(descriptor, options, context));

    /// <inheritdoc/>
    public MethodDescriptor Descriptor { get; }

    /// <inheritdoc/>
    public bool ReadsHistory => false;

    /// <inheritdoc/>
    public void Observe(in JournalEvent journalEvent, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (journalEvent.Payload is StudyCreated || (journalEvent.Payload is SamplerChanged changed && changed.Sampler == Descriptor))
            _plan = new(history.Problem.Space, _options, Keys.ForStudy(history.Seed, "grid"), history.SamplerIndex);
        else if (journalEvent.Payload is SpaceRevised revised && _plan is not null)
            _plan = new(_plan, history.SamplerIndex, history.Problem.Space, revised.Fill, _options, Keys.ForStudy(history.Seed, "grid"));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (_plan is null || !ReferenceEquals(_plan.Space, context.Space))
            _plan = new(context.Space, _options, Keys.ForStudy(context.History.Seed, "grid"));
        var proposals = new List<Proposal>(count);
        for (var i = 0; i < count && _plan.Find(context.Index + i) is { } configuration; i++)
            proposals.Add(new(configuration));
        if (proposals.Count == 0 && context.Index == 0)
            throw new SpaceException("No point of the grid is legal; raise 'points', or use random or sobol.");
        return proposals;
    }
}
