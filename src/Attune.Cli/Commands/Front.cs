using System.Text.Json;
using Attune.Sqlite;

namespace Attune.Cli.Commands;

/// <summary>The trials that no other dominates.</summary>
internal static class Front
{
    /// <summary>The front, in order of the first objective.</summary>
    /// <param name="rows">Feasible completed trials in order of the first loss, so that no trial is dominated by a later one with another
    /// first loss.</param>
    internal static IReadOnlyList<TrialRow> Of(IReadOnlyList<TrialRow> rows)
    {
        var front = new List<(TrialRow Row, double[] Losses)>();
        foreach (var row in rows)
        {
            var losses = JsonSerializer.Deserialize(row.Losses!, LossesJson.Default.DoubleArray)!;
            if (front.Any(other => Dominates(other.Losses, losses)))
                continue;
            front.RemoveAll(other => Dominates(losses, other.Losses));
            front.Add((row, losses));
        }

        return [.. front.Select(member => member.Row)];
    }

    /// <summary>Whether one is nowhere worse and differs, or is the same: of equal trials the first stays.</summary>
    private static bool Dominates(double[] one, double[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] > other[i])
                return false;
        }

        return true;
    }
}

/// <summary>Reads losses.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(double[]))]
internal sealed partial class LossesJson : System.Text.Json.Serialization.JsonSerializerContext;
