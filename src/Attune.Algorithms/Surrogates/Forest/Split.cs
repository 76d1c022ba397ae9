namespace Attune.Algorithms.Surrogates;

/// <summary>The best split of a node found so far.</summary>
internal struct Split
{
    /// <summary>By how much it lessens the sum of squares; 0 for no split.</summary>
    internal double Gain;

    /// <summary>The parameter.</summary>
    internal int Parameter;

    /// <summary>For numbers: the largest value that goes left, and the smallest active one that goes right (infinity: none).</summary>
    internal double Below, Above;

    /// <summary>For numbers: whether inactive places go left.</summary>
    internal bool InactiveLeft;

    /// <summary>For numbers: whether there were inactive places in the node.</summary>
    internal bool HasInactive;

    /// <summary>For categoricals: how many of the choices in the order of their means go left.</summary>
    internal int Choices;
}
