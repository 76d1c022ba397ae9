namespace Attune.Journals;

/// <summary>A claim of being alive, renewed by counting its beat up.</summary>
/// <param name="Name">What is leased, such as <c>writer/ab12</c> or <c>proposer</c>.</param>
/// <param name="Owner">Who holds it.</param>
/// <param name="Beat">Counts up with every renewal.</param>
/// <param name="Duration">An observer takes the lease for expired when it saw no change for so long by its own monotonic clock.</param>
public sealed record Lease(string Name, string Owner, long Beat, TimeSpan Duration);
