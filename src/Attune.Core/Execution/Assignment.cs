using System.Collections.Immutable;

namespace Attune.Execution;

/// <summary>A trial that somebody is to run now.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Token">The fencing token; everything said about the trial names it.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Configuration">What to evaluate.</param>
/// <param name="Problem">What is optimised.</param>
/// <param name="Seed">A seed from 0 to 2^31 − 1 for the evaluation; the same for every attempt.</param>
public sealed record Assignment(int Trial, int Token, int Attempt, Configuration Configuration, Problem Problem, int Seed)
{
    /// <summary>
    /// The resource up to which to run, in units of the first fidelity: its upper end unless the scheduler wants less; null where the
    /// problem has no fidelity.
    /// </summary>
    public double? Resource
    {
        get => field ?? Problem.Fidelity?.High;
        init;
    }

    /// <summary>The resource that the checkpoint stands for; null to start from the beginning.</summary>
    public double? FromResource { get; init; }

    /// <summary>Where an earlier run left what it needs to go on; null to start from the beginning.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The instances to evaluate; empty for the only one.</summary>
    public ImmutableArray<string> Instances => Problem.Instances;
}
