using Attune.Numerics;

namespace Attune.Sampling;

/// <summary>
/// The keys of all random numbers of a study: counter-based, from the seed, the kind and number of an entity, and a purpose.
/// </summary>
public static class Keys
{
    private const uint StudyKind = 1;
    private const uint ProposalKind = 2;
    private const uint EvaluationKind = 3;

    private static readonly uint InstancePurpose = RandomKey.Purpose("instance");
    private static readonly uint SeedPurpose = RandomKey.Purpose("seed");

    /// <summary>The key for something that the whole study shares, such as the scrambling of a quasi-random sequence.</summary>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="purpose">A short name of what the numbers are for.</param>
    public static RandomKey ForStudy(ulong seed, string purpose) =>
        RandomKey.FromSeed(seed).Derive(StudyKind, 0, RandomKey.Purpose(purpose));

    /// <summary>The key for one proposal.</summary>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="index">The sampler's own index, from 0.</param>
    /// <param name="purpose">A short name of what the numbers are for.</param>
    public static RandomKey ForProposal(ulong seed, long index, string purpose) =>
        RandomKey.FromSeed(seed).Derive(ProposalKind, (ulong)index, RandomKey.Purpose(purpose));

    /// <summary>
    /// The seed that an evaluation gets to pass to its program: the same for every attempt of the same trial, instance and replicate.
    /// </summary>
    /// <param name="seed">The seed of the study.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="instance">The name of the instance; null for none.</param>
    /// <param name="replicate">The replicate, from 0.</param>
    /// <returns>A seed from 0 to 2^31 − 1, which every language takes.</returns>
    public static int EvaluationSeed(ulong seed, int trial, string? instance = null, int replicate = 0)
    {
        var key = RandomKey.FromSeed(seed).Derive(EvaluationKind, (ulong)trial, SeedPurpose);
        if (instance is not null || replicate != 0)
            key = key.Derive(RandomKey.Purpose(instance ?? ""), (ulong)replicate, InstancePurpose);
        return (int)(key.CreateStream().NextUInt32() >> 1);
    }
}
