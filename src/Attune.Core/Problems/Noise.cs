namespace Attune;

/// <summary>What is known of the noise of an objective.</summary>
public enum Noise
{
    /// <summary>Nothing: the surrogate learns it.</summary>
    Unknown,

    /// <summary>There is none: the same configuration and seed give the same value.</summary>
    Deterministic,

    /// <summary>Its variance is given with the objective.</summary>
    Known,

    /// <summary>Every measurement brings its standard error.</summary>
    Reported,
}
