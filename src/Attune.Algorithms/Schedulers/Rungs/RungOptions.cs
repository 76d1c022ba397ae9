namespace Attune.Algorithms.Schedulers;

/// <summary>Options that schedulers of rungs share.</summary>
internal static class RungOptions
{
    internal static MethodOption Type { get; } = MethodOption.Choice(
        "type", "Whether trials pause at their rungs until they are promoted, or are stopped there for good unless they are among the best "
        + "so "
        + "far.", "promotion", "stopping");

    internal static MethodOption Eta { get; } = MethodOption.Number(
        "eta", "One of so many trials of a rung goes on, with so many times the resource.", 1.1, 100);

    internal static MethodOption MinResource { get; } = MethodOption.Number(
        "min_resource", "The resource of the first rung, the grace period; by default the lower end of the fidelity.", 0);

    internal static MethodOption LeastResource { get; } = MethodOption.Number(
        "min_resource", "The least resource that a rung may have, the grace period; by default the lower end of the fidelity.", 0);

    internal static MethodOption MaxResource { get; } = MethodOption.Number(
        "max_resource", "The most that a trial gets; by default the upper end of the fidelity.", 0);
}
