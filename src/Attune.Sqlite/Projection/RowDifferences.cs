using System.Globalization;
using System.Text.Json;
using Attune.Serialization;

namespace Attune.Sqlite.Projection;

/// <summary>Compares the row of a trial with what its events tell, column by column.</summary>
internal static class RowDifferences
{
    private const int LongestValue = 200;

    private static readonly (string Name, Func<TrialRow, object?> Value, bool IsJson)[] Columns =
    [
        ("number", row => row.Number, false), ("position", row => row.Position, false), ("state", row => JsonNames.Of(row.State), false),
        ("will_retry", row => row.WillRetry, false), ("origin", row => JsonNames.Of(row.Origin), false),
        ("space_revision", row => row.SpaceRevision, false), ("configuration", row => row.Configuration, true),
        ("values", row => row.Values, true), ("metrics", row => row.Metrics, true), ("losses", row => row.Losses, true),
        ("value", row => row.Value, false), ("loss", row => row.Loss, false), ("feasible", row => row.IsFeasible, false),
        ("resource", row => row.Resource, false), ("target", row => row.Target, false), ("attempt", row => row.Attempt, false),
        ("worker", row => row.Worker, false),
        ("failure_kind", row => row.Failure is { } failure ? JsonNames.Of(failure.Kind) : null, false),
        ("failure_reason", row => row.Failure?.Reason, false), ("checkpoint", row => row.Checkpoint, false),
        ("resource_spent", row => row.ResourceSpent, false), ("cost_spent", row => row.CostSpent, false),
        ("reserved", row => row.ReservedAt, false), ("started", row => row.StartedAt, false), ("finished", row => row.FinishedAt, false),
        ("annotation", row => row.Annotation, true),
    ];

    /// <summary>What a row says wrongly, such as <c>its state is running and should be completed</c>; null when all is right.</summary>
    /// <param name="row">The row.</param>
    /// <param name="expected">What the events tell.</param>
    internal static string? Describe(TrialRow row, TrialRow expected)
    {
        if (row == expected)
            return null;
        var differences = Columns.Select(column => (column.Name, Found: column.Value(row), Expected: column.Value(expected), column.IsJson))
            .Where(column => !(column.IsJson ? AreSameJson((string?)column.Found, (string?)column.Expected)
                : Equals(column.Found, column.Expected)))
            .Select(column => $"its {column.Name} is {Text(column.Found)} and should be {Text(column.Expected)}").ToArray();
        return differences.Length == 0 ? null : string.Join(", ", differences);
    }

    /// <summary>JSON is compared by its meaning: an earlier version may have written it in another way.</summary>
    private static bool AreSameJson(string? left, string? right)
    {
        if (left is null || right is null || left == right)
            return left == right;
        try
        {
            using var one = JsonDocument.Parse(left);
            using var two = JsonDocument.Parse(right);
            return JsonElement.DeepEquals(one.RootElement, two.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Text(object? value)
    {
        var text = value switch
        {
            null => "missing",
            bool flag => flag ? "true" : "false",
            DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text.Length <= LongestValue ? text : $"{text.AsSpan(0, LongestValue - 1)}…";
    }
}
