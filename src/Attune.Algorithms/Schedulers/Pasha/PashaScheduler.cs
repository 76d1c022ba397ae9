namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Progressive asynchronous successive halving (O. Bohdal et al., PASHA: efficient HPO and NAS with progressive resource allocation, ICLR
/// 2023): the last rung is the second one at first, and the next one whenever the trials' order differs between the last two.
/// </summary>
internal static class PashaScheduler
{
    /// <summary>How registries know it: <c>pasha</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "pasha", 1, "Asynchronous successive halving whose maximum grows only while more resource changes the order of trials.",
        PashaJson.Default.PashaOptions, [RungOptions.Eta, RungOptions.MinResource, RungOptions.MaxResource],
        (descriptor, options, context) =>
        {
            var (fidelity, low, high) = RungLevels.Check(descriptor, context.Problem, options.MinResource, options.MaxResource);
            var levels = RungLevels.Up(fidelity, options.Eta, low, high);
            return new AshaScheduler(
                descriptor, levels, options.Eta, 1, high < fidelity.High, part => new PashaBracket(context.Problem, part, options.Eta));
        });
}
