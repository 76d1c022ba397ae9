using Attune.Internal;
using Attune.Programs;

namespace Attune.Execution;

/// <summary>
/// Makes sense of reports in terms of a problem: which number is the resource, which metrics the study needs, which may be left out.
/// </summary>
internal sealed class ReportReader(Problem problem)
{
    private readonly HashSet<string> _needed =
    [
        .. problem.Objectives.Select(objective => objective.Metric),
        .. problem.Constraints.Select(constraint => constraint.Metric),
        .. problem.CostMetric is { } cost ? [cost] : (string[])[],
    ];

    private double? _matchedResource;

    /// <summary>Finds the resource of a report: the reserved key, or the metric that is called as the fidelity.</summary>
    /// <param name="line">The report.</param>
    /// <param name="isMatched">Whether regular expressions found it, which may tell the resource in an earlier line.</param>
    /// <param name="warning">Why the report cannot be used; null when it can.</param>
    internal ReportedLine Place(ReportedLine line, bool isMatched, out string? warning)
    {
        warning = null;
        if (problem.Fidelity is { } fidelity && line.Metrics.TryGetValue(fidelity.Name, out var named))
        {
            if (!double.IsFinite(named) || named < 0)
                warning = $"'{fidelity.Name}' is {NumberText.Exact(named)}; a finite number that is not negative is needed. "
                    + "The line was not used.";
            else if (line.Resource is { } other && other != named)
            {
                warning = $"'resource' is {NumberText.Exact(other)}, but '{fidelity.Name}', which means the same, is "
                    + $"{NumberText.Exact(named)}. The line was not used.";
            }

            var metrics = line.Metrics;
            if (!_needed.Contains(fidelity.Name))
                metrics = new Dictionary<string, double>(line.Metrics.Where(pair => pair.Key != fidelity.Name), StringComparer.Ordinal);
            line = line with { Metrics = metrics, Resource = named };
        }

        if (line.Replicate is > int.MaxValue)
            warning = $"'replicate' is {line.Replicate}; at most {int.MaxValue} is allowed. The line was not used.";
        if (line.Metrics.Keys.FirstOrDefault(string.IsNullOrWhiteSpace) is not null)
            warning = "The name of a metric is blank. The line was not used.";
        if (!isMatched)
            return line;
        if (warning is null && line.Resource is { } resource)
            _matchedResource = resource;
        return line with { Resource = line.Resource ?? _matchedResource };
    }

    /// <summary>Makes a measurement.</summary>
    /// <param name="line">The report, with its resource.</param>
    /// <param name="warn">Told of metrics that are left out.</param>
    /// <param name="failure">Why the trial has failed: a metric that the study needs is not finite; else null.</param>
    /// <returns>The measurement; null when nothing is left of it.</returns>
    internal Measurement? Measure(ReportedLine line, Action<string> warn, out string? failure)
    {
        failure = null;
        var finite = new List<KeyValuePair<string, double>>(line.Metrics.Count);
        foreach (var (name, value) in line.Metrics)
        {
            if (double.IsFinite(value))
                finite.Add(new(name, value));
            else if (_needed.Contains(name))
                failure ??= $"the metric '{name}' is {NumberText.Exact(value)}{Where(line)}";
            else
                warn($"The metric '{name}' is {NumberText.Exact(value)}{Where(line)}. It is left out, since the study does not need it.");
        }

        if (failure is not null || finite.Count == 0)
            return null;
        var errors = line.StandardErrors?.Where(error => finite.Exists(metric => metric.Key == error.Key)).ToArray() ?? [];
        return new(new MetricValues(finite))
        {
            Resource = line.Resource,
            Instance = line.Instance,
            Replicate = (int)(line.Replicate ?? 0),
            StandardErrors = errors.Length == 0 ? null : new(errors),
        };
    }

    private string Where(ReportedLine line) =>
        line.Resource is { } resource ? $" at {problem.Fidelity?.Name ?? "resource"} {NumberText.Exact(resource)}" : "";
}
