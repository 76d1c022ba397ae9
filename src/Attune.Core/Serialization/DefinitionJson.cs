using System.Collections.Immutable;
using System.Text.Json;
using Attune.Events;

namespace Attune.Serialization;

/// <summary>JSON of what a study is created with, as it stands in the first event of a journal.</summary>
internal static class DefinitionJson
{
    internal static void Write(Utf8JsonWriter writer, StudyDefinition definition)
    {
        writer.WritePropertyName("problem");
        WriteProblem(writer, definition.Problem);
        writer.WriteNumber("seed", definition.Seed);
        writer.WritePropertyName("sampler");
        WriteMethod(writer, definition.Sampler);
        writer.WritePropertyName("scheduler");
        WriteMethod(writer, definition.Scheduler);
        writer.WritePropertyName("budget");
        WriteBudget(writer, definition.Budget);
        writer.WriteStartObject("retries");
        writer.WriteNumber("lost", definition.Retries.LostAttempts);
        writer.WriteNumber("failed", definition.Retries.FailedAttempts);
        writer.WriteEndObject();
        if (definition.Attributes.IsEmpty)
            return;
        writer.WriteStartObject("attributes");
        foreach (var (name, value) in definition.Attributes)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    internal static StudyDefinition Read(JsonElement element)
    {
        var retries = element.GetProperty("retries");
        return new(
            ReadProblem(element.GetProperty("problem")), element.GetProperty("seed").GetUInt64(),
            ReadMethod(element.GetProperty("sampler")), ReadMethod(element.GetProperty("scheduler")))
        {
            Budget = ReadBudget(element.GetProperty("budget")),
            Retries = new(retries.Int("lost"), retries.Int("failed")),
            Attributes = element.TryGetProperty("attributes", out var attributes)
                ? attributes.EnumerateObject().ToImmutableSortedDictionary(
                    member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    internal static void WriteMethod(Utf8JsonWriter writer, MethodDescriptor method)
    {
        writer.WriteStartObject();
        writer.WriteString("name", method.Name);
        writer.WriteNumber("version", method.Version);
        if (method.Options != "{}")
        {
            writer.WritePropertyName("options");
            writer.WriteRawValue(method.Options);
        }

        writer.WriteEndObject();
    }

    internal static MethodDescriptor ReadMethod(JsonElement element) => new(
        element.Text("name"), element.Int("version"), element.TryGetProperty("options", out var options) ? options.GetRawText() : "{}");

    internal static void WriteBudget(Utf8JsonWriter writer, Budget budget)
    {
        writer.WriteStartObject();
        writer.WriteOptional("trials", budget.Trials);
        writer.WriteOptional("wallClockSeconds", budget.WallClock?.TotalSeconds);
        writer.WriteOptional("resource", budget.Resource);
        writer.WriteOptional("cost", budget.Cost);
        writer.WriteOptional("consecutiveFailures", budget.ConsecutiveFailures);
        writer.WriteOptional("trialsWithoutImprovement", budget.TrialsWithoutImprovement);
        writer.WriteUnless("stopAtTarget", budget.StopAtTarget, true);
        writer.WriteUnless("drainAtTarget", budget.DrainAtTarget, false);
        writer.WriteEndObject();
    }

    internal static Budget ReadBudget(JsonElement element) => new()
    {
        Trials = element.IntOrNull("trials"),
        WallClock = element.NumberOrNull("wallClockSeconds") is { } seconds
            ? TimeSpan.FromTicks(checked((long)Math.Round(seconds * TimeSpan.TicksPerSecond))) : null,
        Resource = element.NumberOrNull("resource"),
        Cost = element.NumberOrNull("cost"),
        ConsecutiveFailures = element.IntOrNull("consecutiveFailures"),
        TrialsWithoutImprovement = element.IntOrNull("trialsWithoutImprovement"),
        StopAtTarget = element.Flag("stopAtTarget", true),
        DrainAtTarget = element.Flag("drainAtTarget"),
    };

    internal static void WriteProblem(Utf8JsonWriter writer, Problem problem)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("space");
        SpaceJson.Write(writer, problem.Space);
        writer.WriteStartArray("objectives");
        foreach (var objective in problem.Objectives)
        {
            writer.WriteStartObject();
            writer.WriteString("metric", objective.Metric);
            writer.WriteString("direction", JsonNames.Of(objective.Direction));
            writer.WriteUnless("noise", objective.Noise, Noise.Unknown);
            writer.WriteOptional("noiseVariance", objective.NoiseVariance);
            writer.WriteUnless("reduction", objective.Reduction, Reduction.Last);
            writer.WriteOptional("target", objective.Target);
            writer.WriteOptional("referencePoint", objective.ReferencePoint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteList(writer, "constraints", problem.Constraints, static (json, constraint) =>
        {
            json.WriteString("metric", constraint.Metric);
            json.WriteOptional("atMost", constraint.AtMost);
            json.WriteOptional("atLeast", constraint.AtLeast);
        });
        WriteList(writer, "fidelities", problem.Fidelities, static (json, fidelity) =>
        {
            json.WriteString("name", fidelity.Name);
            json.WriteNumber("low", fidelity.Low);
            json.WriteNumber("high", fidelity.High);
            json.WriteOptional("unit", fidelity.Unit);
            json.WriteUnless("scale", fidelity.Scale, Scale.Log);
            json.WriteUnless("integer", fidelity.IsInteger, true);
            json.WriteUnless("resumable", fidelity.IsResumable, true);
        });
        writer.WriteOptional("costMetric", problem.CostMetric);
        if (!problem.Instances.IsEmpty)
        {
            writer.WriteStartArray("instances");
            foreach (var instance in problem.Instances)
                writer.WriteStringValue(instance);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.IsEmpty)
            return;
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Problem ReadProblem(JsonElement element) => new(
        SpaceJson.Read(element.GetProperty("space")),
        element.Items("objectives").Select(item => new Objective(item.Text("metric"), item.Word("direction", Direction.Minimize))
        {
            Noise = item.Word("noise", Noise.Unknown),
            NoiseVariance = item.NumberOrNull("noiseVariance"),
            Reduction = item.Word("reduction", Reduction.Last),
            Target = item.NumberOrNull("target"),
            ReferencePoint = item.NumberOrNull("referencePoint"),
        }),
        element.Items("constraints")
            .Select(item => new OutcomeConstraint(item.Text("metric"), item.NumberOrNull("atMost"), item.NumberOrNull("atLeast"))),
        element.Items("fidelities").Select(item => new Fidelity(item.Text("name"), item.RequiredNumber("low"), item.RequiredNumber("high"))
        {
            Unit = item.TextOrNull("unit"),
            Scale = item.Word("scale", Scale.Log),
            IsInteger = item.Flag("integer", true),
            IsResumable = item.Flag("resumable", true),
        }),
        element.TextOrNull("costMetric"),
        element.Items("instances").Select(item => item.GetString() ?? throw new JsonException("An instance is a text.")));
}
