using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attune.Events;
using Attune.Internal;
using Attune.Serialization;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles;

/// <summary>Writes studies as study files. What is written reads back as the same study.</summary>
public static class StudyFileWriter
{
    /// <summary>Writes a study.</summary>
    /// <param name="name">The name of the study.</param>
    /// <param name="definition">What the study was created with. Its program is taken from the attribute
    /// <see cref="StudyProgram.Attribute"/>.</param>
    /// <returns>The text of a study file; constraints given as code are left out, with a comment in their place.</returns>
    public static string Write(string name, StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(definition);
        var text = new StringBuilder();
        Line(text, $"name: {YamlText.Scalar(name)}");
        Line(text, $"seed: {definition.Seed}");
        WriteProblem(text, definition.Problem);
        WriteMethod(text, "sampler", definition.Sampler);
        WriteMethod(text, "scheduler", definition.Scheduler);
        WriteBudget(text, definition.Budget);
        Line(text, $"retries: {{lost: {definition.Retries.LostAttempts}, failed: {definition.Retries.FailedAttempts}}}");
        if (definition.Attributes.TryGetValue("parallelism", out var parallelism))
            Line(text, $"parallelism: {parallelism}");
        if (definition.Attributes.TryGetValue(StudyProgram.Attribute, out var program))
            WriteProgram(text, program);
        return text.ToString();
    }

    private static void WriteProblem(StringBuilder text, Problem problem)
    {
        Line(text, $"objectives:");
        foreach (var objective in problem.Objectives)
            Line(text, $"  - {{{Join(Objective(objective))}}}");
        if (!problem.Constraints.IsEmpty)
        {
            Line(text, $"constraints:");
            foreach (var constraint in problem.Constraints)
                Line(text, $"  - {{{Join(Constraint(constraint))}}}");
        }

        Line(text, $"space:");
        foreach (var parameter in problem.Space.Parameters)
            Line(text, $"  {YamlText.Scalar(parameter.Name)}: {{{Join(Describe(parameter))}}}");
        WriteList(text, "forbidden", problem.Space.Forbidden.Select(rule => rule.Text));
        WriteList(text, "input_constraints", problem.Space.Constraints.OfType<ExpressionConstraint>().Select(rule => rule.Description));
        foreach (var code in problem.Space.Constraints.OfType<DelegateConstraint>())
            Line(text, $"# The constraint {JsonSerializer.Serialize(code.Name)}, version {code.Version}, is code; it cannot stand here.");
        if (!problem.Fidelities.IsEmpty)
        {
            Line(text, $"fidelities:");
            foreach (var fidelity in problem.Fidelities)
                Line(text, $"  - {{{Join(Fidelity(fidelity))}}}");
        }

        if (problem.CostMetric is { } cost)
            Line(text, $"cost_metric: {YamlText.Scalar(cost)}");
        WriteList(text, "instances", problem.Instances);
    }

    private static IEnumerable<(string, string?)> Objective(Objective objective) =>
    [
        ("metric", YamlText.Scalar(objective.Metric)), ("direction", JsonNames.Of(objective.Direction)),
        ("noise", objective.Noise == Noise.Known ? $"{{variance: {Number(objective.NoiseVariance)}}}"
            : Unless(objective.Noise, Noise.Unknown)),
        ("reduction", Unless(objective.Reduction, Reduction.Last)), ("target", Number(objective.Target)),
            ("reference_point", Number(objective.ReferencePoint)),
    ];

    private static IEnumerable<(string, string?)> Constraint(OutcomeConstraint constraint) =>
        [("metric", YamlText.Scalar(constraint.Metric)), ("at_most", Number(constraint.AtMost)), ("at_least", Number(constraint.AtLeast))];

    private static IEnumerable<(string, string?)> Fidelity(Fidelity fidelity) =>
    [
        ("name", YamlText.Scalar(fidelity.Name)), ("low", Number(fidelity.Low)), ("high", Number(fidelity.High)),
        ("unit", fidelity.Unit is { } unit ? YamlText.Scalar(unit) : null), ("scale", Unless(fidelity.Scale, Scale.Log)),
        ("integer", fidelity.IsInteger ? null : "false"), ("resumable", fidelity.IsResumable ? null : "false"),
    ];

    private static IEnumerable<(string, string?)> Describe(Parameter parameter)
    {
        yield return ("type", JsonNames.Of(parameter.Kind));
        if (parameter is NumericParameter numeric)
        {
            yield return ("low", Number(numeric.Low));
            yield return ("high", Number(numeric.High));
            yield return ("scale", Unless(numeric.Scale, Scale.Linear));
            yield return ("step", numeric is FloatParameter real ? Number(real.Step) : Number(((IntParameter)numeric).Step));
        }

        if (parameter is ChoiceParameter choice)
            yield return ("choices", $"[{string.Join(", ", choice.Choices.Select(YamlText.Value))}]");
        yield return ("default", YamlText.Value(parameter.Default));
        yield return ("prior", parameter.Prior switch
        {
            NormalPrior prior => $"{{center: {Number(prior.Center)}, spread: {Number(prior.Spread)}}}",
            WeightPrior prior => $"{{weights: [{string.Join(", ", prior.Weights.Select(weight => Number(weight)))}]}}",
            _ => null,
        });
        yield return ("when", parameter.Activation is { } condition ? YamlText.Scalar(condition.Text) : null);
    }

    private static void WriteMethod(StringBuilder text, string key, MethodDescriptor method)
    {
        // The options are JSON, and JSON is YAML.
        var options = JsonNode.Parse(method.Options)!.AsObject()
            .Select(pair => ((string, string?))(pair.Key, pair.Value?.ToJsonString() ?? "null"));
        Line(text, method.Options == "{}" ? (FormattableString)$"{key}: {method.Name}"
            : $"{key}: {{{Join(options.Prepend(("name", method.Name)))}}}");
    }

    private static void WriteBudget(StringBuilder text, Budget budget)
    {
        var limits = Join(
        [
            ("trials", Number(budget.Trials)), ("time", budget.WallClock is { } time ? TimeSpans.Format(time) : null),
                ("resource", Number(budget.Resource)),
            ("cost", Number(budget.Cost)), ("consecutive_failures", Number(budget.ConsecutiveFailures)),
            ("trials_without_improvement", Number(budget.TrialsWithoutImprovement)),
                ("stop_at_target", budget.StopAtTarget ? null : "false"),
            ("drain_at_target", budget.DrainAtTarget ? "true" : null),
        ]);
        if (limits.Length > 0)
            Line(text, $"budget: {{{limits}}}");
    }

    private static void WriteProgram(StringBuilder text, string program)
    {
        // The program is kept with the keys of the study file.
        foreach (var (key, value) in JsonNode.Parse(StudyProgram.FromJson(program).ToJson())!.AsObject())
        {
            var written = value is JsonValue scalar
                ? YamlText.BlockScalar((string)scalar!) : value!.ToJsonString(StudyProgramJson.Readable);
            Line(text, $"{key}: {written}");
        }
    }

    private static void WriteList(StringBuilder text, string key, IEnumerable<string> items)
    {
        var lines = items.ToArray();
        if (lines.Length > 0)
            Line(text, $"{key}: [{string.Join(", ", lines.Select(YamlText.Scalar))}]");
    }

    private static string Join(IEnumerable<(string Key, string? Value)> entries) =>
        string.Join(", ", entries.Where(entry => entry.Value is not null).Select(entry => $"{entry.Key}: {entry.Value}"));

    private static string? Number(double? value) => value is { } number ? NumberText.Exact(number) : null;

    private static string? Unless<T>(T value, T usual)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(value, usual) ? null : JsonNames.Of(value);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture))
        .Append('\n');
}
