using System.Globalization;
using Attune.Cli.Json;
using Attune.Events;
using Attune.Serialization;
using Attune.Sqlite;

namespace Attune.Cli.Text;

/// <summary>Trials as a table in CSV (RFC 4180, with line feeds): what is missing is empty.</summary>
internal sealed class CsvTable
{
    private static readonly string[] Before = ["number", "state", "feasible"];

    private static readonly string[] After =
        ["origin", "attempts", "worker", "resource", "failure_kind", "failure_reason", "reserved", "started", "finished", "seconds"];

    private readonly IReadOnlyList<TrialRow> _rows;
    private readonly string[] _objectives;
    private readonly string[] _parameters;
    private readonly string[] _metrics;
    private readonly IReadOnlyDictionary<int, FinalEvaluated> _finals;
    private readonly string[] _finalMetrics;

    internal CsvTable(Problem problem, IReadOnlyList<TrialRow> rows, IReadOnlyDictionary<int, FinalEvaluated> finals)
    {
        (_rows, _finals) = (rows, finals);
        _finalMetrics = [.. rows.SelectMany(Finals).Select(pair => pair.Key).Distinct(StringComparer.Ordinal)];
        _objectives = [.. problem.Objectives.Select(objective => objective.Metric)];

        // Parameters that a revision added come last.
        var parameters = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        var metrics = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var parameter in problem.Space.Parameters)
            parameters[parameter.Name] = true;
        foreach (var row in rows)
        {
            foreach (var member in ConfigurationTexts.Members(row.Configuration))
                parameters.TryAdd(member.Name, true);
            foreach (var (name, _) in NumbersJson.Members(row.Metrics))
                metrics.TryAdd(name, true);
        }

        (_parameters, _metrics) = ([.. parameters.Keys], [.. metrics.Keys]);
    }

    internal void Write(TextWriter writer)
    {
        Line(writer,
        [
            .. Before, .. _objectives.Select(name => $"value.{name}"), .. _parameters.Select(name => $"config.{name}"),
            .. _metrics.Select(name => $"metric.{name}"), .. After, .. _finalMetrics.Select(name => $"final.{name}"),
        ]);
        foreach (var row in _rows)
            Line(writer, [.. Cells(row)]);
    }

    private IEnumerable<string> Cells(TrialRow row)
    {
        yield return Figures.Count(row.Number);
        yield return JsonNames.Of(row.State);
        yield return row.IsFeasible ? "true" : "false";
        var values = NumbersJson.Members(row.Values).ToDictionary(StringComparer.Ordinal);
        foreach (var name in _objectives)
            yield return Number(values.TryGetValue(name, out var value) ? value : null);
        var configuration = ConfigurationTexts.Members(row.Configuration)
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        foreach (var name in _parameters)
            yield return configuration.TryGetValue(name, out var value) ? ConfigurationTexts.Text(value) : "";
        var metrics = NumbersJson.Members(row.Metrics).ToDictionary(StringComparer.Ordinal);
        foreach (var name in _metrics)
            yield return Number(metrics.TryGetValue(name, out var value) ? value : null);
        yield return JsonNames.Of(row.Origin);
        yield return Figures.Count(row.Attempt);
        yield return row.Worker ?? "";
        yield return Number(row.Resource);
        yield return row.Failure is { } failure ? JsonNames.Of(failure.Kind) : "";
        yield return row.Failure?.Reason ?? "";
        yield return Time(row.ReservedAt);
        yield return Time(row.StartedAt);
        yield return Time(row.FinishedAt);
        yield return Number(row.Duration?.TotalSeconds);
        var finals = Finals(row).ToDictionary(StringComparer.Ordinal);
        foreach (var name in _finalMetrics)
            yield return Number(finals.TryGetValue(name, out var value) ? value : null);
    }

    private IEnumerable<KeyValuePair<string, double>> Finals(TrialRow row) =>
        _finals.TryGetValue(row.Number, out var final) ? final.Metrics : [];

    private static string Number(double? number) => number is { } value ? Figures.Exact(value) : "";

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture) ?? "";

    private static void Line(TextWriter writer, string[] cells)
    {
        writer.Write(string.Join(',', cells.Select(Quote)));
        writer.Write('\n');
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
