namespace Attune;

/// <summary>Which way an objective is better.</summary>
public enum Direction
{
    /// <summary>Small values are better.</summary>
    Minimize,

    /// <summary>Large values are better.</summary>
    Maximize,
}
