namespace Attune.Algorithms.Schedulers;

/// <summary>What a scheduler knows of a rung.</summary>
/// <param name="Bracket">The bracket, from 0.</param>
/// <param name="Rung">The rung within the bracket, from 0.</param>
/// <param name="Resource">The resource at which trials are compared, in units of the first fidelity.</param>
/// <param name="Trials">How many trials count there.</param>
/// <param name="Promoted">How many of them have gone on to the next rung.</param>
public sealed record RungSummary(int Bracket, int Rung, double Resource, int Trials, int Promoted);
