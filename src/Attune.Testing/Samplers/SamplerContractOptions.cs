namespace Attune.Testing;

/// <summary>What a sampler claims beyond what every sampler must keep, and how much work a test may be.</summary>
public sealed record SamplerContractOptions
{
    /// <summary>Whether it never proposes a configuration of a finite space twice and then has nothing more to propose; no by
    /// default.</summary>
    public bool ExhaustsFiniteSpaces { get; init; }

    /// <summary>Whether its proposals depend on the seed; yes by default.</summary>
    public bool DependsOnSeed { get; init; } = true;

    /// <summary>The largest number of parameters that it takes; no limit by default.</summary>
    public int MaxDimensions { get; init; } = int.MaxValue;

    /// <summary>How many proposals are checked in each space.</summary>
    public int ProposalsPerSpace { get; init; } = 40;

    /// <summary>How many trials the journals have at whose every prefix replay is checked.</summary>
    public int ReplayTrials { get; init; } = 25;

    /// <summary>How many trials the long history has in which work and memory are counted.</summary>
    public int LongHistory { get; init; } = 10_000;

    /// <summary>The number of trials from which on work and memory do not grow any more; 1,000 by default. A model's cap for samplers
    /// that have one.</summary>
    public int GrowthEnds { get; init; } = 1_000;

    /// <summary>By which factor work and memory per proposal may differ between that number and the long history; 1.25 by
    /// default.</summary>
    public double GrowthTolerance { get; init; } = 1.25;
}
