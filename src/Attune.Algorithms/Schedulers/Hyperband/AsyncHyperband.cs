namespace Attune.Algorithms.Schedulers;

/// <summary>Asynchronous Hyperband: a bracket of asynchronous successive halving for every first rung that there may be (section 3 of the
/// paper on ASHA).</summary>
internal static class AsyncHyperband
{
    /// <summary>How registries know it: <c>async-hyperband</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "async-hyperband", 1, "Hyperband's brackets side by side, each of which promotes whenever a worker is free.",
        AsyncHyperbandJson.Default.AsyncHyperbandOptions,
        [RungOptions.Type, RungOptions.Eta, RungOptions.MinResource, RungOptions.MaxResource],
        (descriptor, options, context) => AshaScheduler.Create(
            descriptor, options.Type, options.Eta, options.MinResource, options.MaxResource, brackets: null, context));
}
