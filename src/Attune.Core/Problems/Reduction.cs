namespace Attune;

/// <summary>How a trial's measurements become its objective value.</summary>
public enum Reduction
{
    /// <summary>The last measurement that holds the metric.</summary>
    Last,

    /// <summary>The best measurement.</summary>
    Best,

    /// <summary>The measurement at the upper end of the first fidelity; a trial that did not get there has no value.</summary>
    AtFullFidelity,

    /// <summary>The mean over instances and replicates of the last measurement of each.</summary>
    MeanOverInstances,
}
