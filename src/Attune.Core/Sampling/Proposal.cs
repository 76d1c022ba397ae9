namespace Attune.Sampling;

/// <summary>A configuration that a sampler proposes.</summary>
/// <param name="Configuration">A legal configuration of the current space.</param>
/// <param name="Annotation">What the sampler leaves behind for later, as a JSON object: model parameters, why this point was chosen; null
/// for nothing.</param>
public readonly record struct Proposal(Configuration Configuration, string? Annotation = null);
