namespace Attune.Algorithms.Samplers;

/// <summary>What the samplers <c>turbo</c> and <c>scbo</c> may be told of their region.</summary>
public abstract record TrustRegionOptions
{
    /// <summary>
    /// How many points of a design come first, and again after every restart, from 1 to 10,000; by default one more than there are
    /// parameters, but at most 15 % of the study's first budget of trials, and at least 4.
    /// </summary>
    public int? Initial { get; init; }

    /// <summary>The side of the region at the beginning, in units of the space, from 0.01 to 2; 0.8 by default.</summary>
    public double InitialLength { get; init; } = 0.8;

    /// <summary>The side below which the search begins anew elsewhere, from 0.000001 to 1; 2⁻⁷ by default.</summary>
    public double ShortestLength { get; init; } = 0.0078125;

    /// <summary>The side beyond which the region does not grow, from 0.01 to 10; 1.6 by default.</summary>
    public double LongestLength { get; init; } = 1.6;

    /// <summary>After how many successes in a row the side doubles, from 1 to 1,000; 3 by default.</summary>
    public int Successes { get; init; } = 3;

    /// <summary>After how many failures in a row the side halves, from 1 to 10,000; by default as many as there are parameters, but from 4
    /// to 20.</summary>
    public int? Failures { get; init; }

    /// <summary>Whether the kernel has an additive part beside the joint one; true by default.</summary>
    public bool Additive { get; init; } = true;

    /// <summary>
    /// How many trials the model holds at most, from 10 to 2,000; 300 by default. Beyond that it holds the best half and the newest.
    /// </summary>
    public int ModelTrials { get; init; } = 300;

    /// <summary>How many candidates are compared for a proposal, from 16 to 100,000; 1,000 by default.</summary>
    public int Candidates { get; init; } = 1_000;
}
