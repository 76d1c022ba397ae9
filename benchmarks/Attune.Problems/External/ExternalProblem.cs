using System.Text;
using System.Text.Json;
using Attune.Serialization;

namespace Attune.Problems;

/// <summary>A problem that another program evaluates.</summary>
internal sealed class ExternalProblem : BenchmarkProblem
{
    private readonly EvaluatorPool _evaluators;

    private ExternalProblem(string name, string group, Problem problem, EvaluatorPool evaluators)
        : base(name, group, problem) => _evaluators = evaluators;

    /// <summary>Makes a problem from what its evaluator tells of it.</summary>
    /// <param name="name">The name by which the evaluator knows it.</param>
    /// <param name="space">The answer to a request for its space.</param>
    /// <param name="evaluators">Evaluates.</param>
    /// <exception cref="BenchmarkException">The answer is no space.</exception>
    internal static ExternalProblem Read(string name, JsonElement space, EvaluatorPool evaluators)
    {
        try
        {
            var problem = EvaluatorSpace.ReadProblem(space);
            var group = EvaluatorSpace.TextOrNull(space, "group")
                ?? (name.Contains('/', StringComparison.Ordinal) ? name[..name.IndexOf('/', StringComparison.Ordinal)] : "external");
            return new(name, group, problem, evaluators)
            {
                NoiseDeviation = EvaluatorSpace.Number(space, "noise_sd") ?? 0,
                Ranges = EvaluatorSpace.ReadRanges(space),
                MaximalHypervolume = EvaluatorSpace.Number(space, "maximal_hypervolume"),
                InfeasibleValue = EvaluatorSpace.Number(space, "infeasible_value"),
                BestKnown = problem.IsSingleObjective && EvaluatorSpace.Number(space, "optimum") is { } optimum
                    ? new(optimum, IsOptimum: true, "as the evaluator tells")
                    : problem.IsSingleObjective ? BestSeen.Of(name) : null,
            };
        }
        catch (Exception exception) when (exception is FormatException or SpaceException or ProblemException or OverflowException)
        {
            throw new BenchmarkException($"The evaluator's space of '{name}' cannot be used: {exception.Message}", exception);
        }
    }

    private IEnumerable<string> Metrics =>
        Problem.Objectives.Select(objective => objective.Metric).Concat(Problem.Constraints.Select(constraint => constraint.Metric));

    /// <inheritdoc/>
    public override async ValueTask<BenchmarkEvaluation> EvaluateAsync(
        Configuration configuration, double? resource, long seed, int trial, CancellationToken cancellationToken = default)
    {
        var answer = await _evaluators.AskAsync(Request(configuration, resource, seed, trial), cancellationToken).ConfigureAwait(false);
        try
        {
            var values = ReadValues(answer.GetProperty("values"));
            var noiseless = answer.TryGetProperty("noiseless", out var truth) ? ReadValues(truth) : values;
            return new(values, noiseless, EvaluatorSpace.Number(answer, "seconds") ?? 0);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new BenchmarkException(
                $"The evaluator's answer about '{Name}' has no values for {string.Join(", ", Metrics)}: {answer}", exception);
        }
    }

    private MetricValues ReadValues(JsonElement values)
    {
        var metrics = new MetricValues(values.EnumerateObject().Where(pair => pair.Value.ValueKind == JsonValueKind.Number)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetDouble())).ToArray());
        foreach (var metric in Metrics)
            _ = metrics[metric];
        return metrics;
    }

    private string Request(Configuration configuration, double? resource, long seed, int trial)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("problem", Name);
            writer.WritePropertyName("config");
            ConfigurationJson.Write(writer, configuration);
            if (resource is { } amount)
                writer.WriteNumber("fidelity", amount);
            writer.WriteNumber("seed", seed);
            writer.WriteNumber("trial", trial);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
