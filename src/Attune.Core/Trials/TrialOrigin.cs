namespace Attune;

/// <summary>Where a trial's configuration comes from.</summary>
public enum TrialOrigin
{
    /// <summary>The sampler proposed it.</summary>
    Sampler,

    /// <summary>A user enqueued it.</summary>
    Enqueued,

    /// <summary>It was imported with its results.</summary>
    Imported,

    /// <summary>It was derived from a parent trial, as in population-based training.</summary>
    Parent,
}
