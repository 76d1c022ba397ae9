using Attune.Programs;

namespace Attune.Execution;

/// <summary>
/// Results of the whole run, which count when the program has ended well: those of lines that name no resource although the problem
/// knows one, and matches of regular expressions. The last value of each metric counts, for each instance and replicate.
/// </summary>
internal sealed class HeldResults
{
    private readonly List<Held> _results = [];

    internal void Add(ReportedLine line)
    {
        var key = (line.Instance, line.Replicate);
        var at = _results.FindIndex(result => result.Key == key);
        if (at < 0)
        {
            at = _results.Count;
            _results.Add(new(key, new(StringComparer.Ordinal), new(StringComparer.Ordinal)));
        }

        var (_, metrics, errors) = _results[at];
        foreach (var (name, value) in line.Metrics)
        {
            metrics[name] = value;
            errors.Remove(name);
        }

        foreach (var (name, error) in line.StandardErrors ?? new Dictionary<string, double>())
            errors[name] = error;
    }

    internal IEnumerable<ReportedLine> All() => _results.Select(result => new ReportedLine(
        result.Metrics, Resource: null, result.Key.Instance, result.Key.Replicate, result.Errors.Count == 0 ? null : result.Errors));

    private sealed record Held(
        (string? Instance, long? Replicate) Key, Dictionary<string, double> Metrics, Dictionary<string, double> Errors);
}
