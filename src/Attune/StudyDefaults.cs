namespace Attune;

/// <summary>What a study uses where its user says nothing.</summary>
public static class StudyDefaults
{
    /// <summary>The sampler: <c>auto</c>.</summary>
    public const string Sampler = "auto";

    /// <summary>The scheduler: <c>run-to-completion</c>.</summary>
    public const string Scheduler = "run-to-completion";

    /// <summary>The name of the metric of an objective without a name: <c>value</c>.</summary>
    public const string Metric = "value";
}
