namespace Attune;

/// <summary>The kind of a parameter.</summary>
public enum ParameterKind
{
    /// <summary>A real number in a closed interval, optionally on a grid of steps.</summary>
    Float,

    /// <summary>An integer in a closed interval, optionally on a grid of steps.</summary>
    Int,

    /// <summary>One of several choices without order.</summary>
    Categorical,

    /// <summary>One of several choices with an order but no distances.</summary>
    Ordinal,
}
