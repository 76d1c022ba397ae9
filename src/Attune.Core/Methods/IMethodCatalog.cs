namespace Attune;

/// <summary>Makes samplers and schedulers from their descriptors; the study knows no algorithm by name.</summary>
public interface IMethodCatalog
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="descriptor">Name, version and options.</param>
    /// <param name="context">The problem and what else is known before the first trial.</param>
    /// <exception cref="ProblemException">The name or version is unknown, or the options do not fit; the message lists what is
    /// allowed.</exception>
    Sampling.ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context);

    /// <summary>Makes a scheduler.</summary>
    /// <param name="descriptor">Name, version and options.</param>
    /// <param name="context">The problem and what else is known before the first trial.</param>
    /// <exception cref="ProblemException">The name or version is unknown, or the options do not fit; the message lists what is
    /// allowed.</exception>
    Scheduling.IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context);
}
