namespace Attune;

/// <summary>What is known of the noise of an objective.</summary>
public enum Noise
{
    /// <summary>Nothing: the surrogate learns it. There may be none, so that samplers with a model repeat no configuration.</summary>
    Unknown,

    /// <summary>There is none: the same configuration and seed give the same value.</summary>
    Deterministic,

    /// <summary>Its variance is given with the objective; unless that is 0, configurations may be repeated.</summary>
    Known,

    /// <summary>Every measurement brings its standard error; configurations may be repeated.</summary>
    Reported,
}
