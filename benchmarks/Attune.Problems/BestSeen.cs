using System.Text.Json;

namespace Attune.Problems;

/// <summary>The best values that were ever seen of problems whose optimum is not known.</summary>
public static class BestSeen
{
    /// <summary>The best value of a problem; null when it is not among the data.</summary>
    /// <param name="problem">The name of the problem.</param>
    public static BestKnown? Of(string problem)
    {
        using var document = JsonDocument.Parse(Resources.Read("best-seen.json"));
        return document.RootElement.GetProperty("values").TryGetProperty(problem, out var value)
            ? new(value.GetDouble(), IsOptimum: false, document.RootElement.GetProperty("source").GetString()!)
            : null;
    }
}
