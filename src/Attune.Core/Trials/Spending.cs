namespace Attune;

/// <summary>What a trial has paid for in all attempts, and how far the current run is paid for, so that nothing is charged twice.</summary>
/// <param name="Resource">Resource of all attempts, in units of the first fidelity.</param>
/// <param name="CountedResource">The resource up to which the current run has been paid for.</param>
/// <param name="Cost">Cost of all attempts.</param>
/// <param name="CountedCost">The cost of the current run, from its start or resumption, that has been paid for.</param>
internal readonly record struct Spending(double Resource, double CountedResource, double Cost, double CountedCost)
{
    internal Spending UpToResource(double resource) =>
        resource > CountedResource ? this with { Resource = Resource + resource - CountedResource, CountedResource = resource } : this;

    internal Spending UpToCost(double cost) =>
        cost > CountedCost ? this with { Cost = Cost + cost - CountedCost, CountedCost = cost } : this;
}
