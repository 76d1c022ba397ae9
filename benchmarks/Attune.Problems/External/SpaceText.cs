using System.Text.Json;

namespace Attune.Problems;

/// <summary>Tells of a problem's space as the evaluator protocol does.</summary>
internal static class SpaceText
{
    /// <summary>Writes the members of the answer.</summary>
    /// <param name="problem">A problem whose parameters are floats, integers and choices, each active always or for some values of one
    /// other.</param>
    /// <exception cref="BenchmarkException">The protocol has no words for a part of the problem.</exception>
    internal static Action<Utf8JsonWriter> Of(BenchmarkProblem problem) => writer =>
    {
        writer.WriteString("name", problem.Name);
        writer.WriteString("group", problem.Group);
        writer.WriteStartArray("params");
        foreach (var parameter in problem.Problem.Space.Parameters)
            Write(writer, parameter);
        writer.WriteEndArray();
        writer.WriteStartArray("fidelity");
        foreach (var fidelity in problem.Problem.Fidelities)
        {
            WriteNumber(writer, fidelity.Name, fidelity.IsInteger ? "int" : "float", fidelity.Low, fidelity.High, fidelity.Scale);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("objectives");
        for (var i = 0; i < problem.Problem.Objectives.Length; i++)
        {
            var objective = problem.Problem.Objectives[i];
            writer.WriteStartObject();
            writer.WriteString("name", objective.Metric);
            writer.WriteString("direction", objective.Direction == Direction.Maximize ? "maximize" : "minimize");
            WriteOrNull(writer, "ideal", problem.Ranges.Length > i ? problem.Ranges[i].Ideal : null);
            WriteOrNull(writer, "nadir", problem.Ranges.Length > i ? problem.Ranges[i].Nadir : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (problem.Problem.Constraints.Length > 0)
            WriteConstraints(writer, problem);
        if (problem.MaximalHypervolume is { } hypervolume)
            writer.WriteNumber("maximal_hypervolume", hypervolume);
        writer.WriteNumber("noise_sd", problem.NoiseDeviation);
        WriteOrNull(writer, "optimum", problem.BestKnown is { IsOptimum: true } best ? best.Value : null);
    };

    private static void WriteConstraints(Utf8JsonWriter writer, BenchmarkProblem problem)
    {
        writer.WriteStartArray("constraints");
        foreach (var constraint in problem.Problem.Constraints)
        {
            writer.WriteStartObject();
            writer.WriteString("name", constraint.Metric);
            WriteOrNull(writer, "at_most", constraint.AtMost);
            WriteOrNull(writer, "at_least", constraint.AtLeast);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteOrNull(writer, "infeasible_value", problem.InfeasibleValue);
    }

    private static void Write(Utf8JsonWriter writer, Parameter parameter)
    {
        switch (parameter)
        {
            case NumericParameter numeric:
                WriteNumber(writer, numeric.Name, numeric is IntParameter ? "int" : "float", numeric.Low, numeric.High, numeric.Scale);
                break;
            case CategoricalParameter categorical:
                writer.WriteStartObject();
                writer.WriteString("name", categorical.Name);
                writer.WriteString("type", "categorical");
                writer.WriteStartArray("choices");
                foreach (var choice in categorical.Choices)
                    writer.WriteStringValue(choice.AsText());
                writer.WriteEndArray();
                break;
            default:
                throw new BenchmarkException($"the parameter '{parameter.Name}' is of a kind that the protocol does not have");
        }

        WriteCondition(writer, parameter);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, string type, double low, double high, Scale scale)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", type);
        writer.WriteNumber("low", low);
        writer.WriteNumber("high", high);
        writer.WriteBoolean("log", scale == Scale.Log);
    }

    // The problems of this assembly have conditions of the form parent == 'value' alone.
    private static void WriteCondition(Utf8JsonWriter writer, Parameter parameter)
    {
        if (parameter.Activation is not { } activation)
        {
            writer.WriteNull("condition");
            return;
        }

        var parent = activation.Names()[0];
        var parts = activation.Text.Split(" == ");
        if (parts.Length != 2 || parts[0] != parent || parts[1].Length < 2 || parts[1][0] != '\'')
            throw new BenchmarkException($"the condition '{activation.Text}' is of a kind that the protocol does not have");
        writer.WriteStartObject("condition");
        writer.WriteString("parent", parent);
        writer.WriteStartArray("values");
        writer.WriteStringValue(parts[1][1..^1]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOrNull(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }
}
