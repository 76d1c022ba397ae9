namespace Attune.Sqlite;

/// <summary>What a check of a store found.</summary>
/// <param name="Studies">How many studies were read.</param>
/// <param name="Events">How many events were read.</param>
/// <param name="Problems">What is wrong, each in a sentence that names the study; empty when all is well.</param>
public sealed record StoreReport(int Studies, long Events, IReadOnlyList<string> Problems)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Problems.Count == 0;
}
