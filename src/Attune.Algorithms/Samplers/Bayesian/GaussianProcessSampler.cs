using Attune.Algorithms.Acquisition;
using Attune.Sampling;

namespace Attune.Algorithms.Samplers;

/// <summary>What samplers share that maximise an acquisition function over a Gaussian process.</summary>
public abstract class GaussianProcessSampler : SequentialSampler
{
    private protected GaussianProcessSampler(MethodDescriptor descriptor, MethodContext context)
        : base(descriptor, context)
    {
    }

    /// <summary>The configuration with the largest acquisition value; null when none is allowed.</summary>
    /// <param name="context">The study at the basis.</param>
    /// <param name="place">The place within the batch, from 0.</param>
    /// <param name="batch">What was proposed for earlier places of the batch: pending, and not allowed again.</param>
    /// <param name="options">The options of the model.</param>
    /// <param name="reason">The name of the acquisition function.</param>
    /// <param name="acquire">Makes the acquisition function of a process from its best posterior mean at an evaluated
    /// configuration.</param>
    /// <param name="why">Why this method was chosen; null where the user chose it.</param>
    private protected Proposal? ProposeByProcess(
        in ProposalContext context, int place, List<Configuration> batch, GpOptions options, string reason,
        Func<double, IAcquisition> acquire, string? why = null)
    {
        var key = context.Key(Descriptor.Name, place);
        var model = GpModel.Fit(Data, context.History, context.Trial, options, key, acquire);
        foreach (var chosen in batch)
            model.Hallucinate(chosen);
        var search = new AcquisitionMaximizer(model.Acquisition, configuration => IsAllowed(configuration, batch));
        var found = Everything is not null
            ? search.Best(Everything)
            : search.Maximize(CandidateSet.Make(context.Space, options.Candidates, model.Best, key));
        return found is { Configuration: var best } ? new(best, model.Annotate(why is null ? Descriptor.Name : "gp", reason, why, best))
            : null;
    }
}
