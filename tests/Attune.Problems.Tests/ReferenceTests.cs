using System.Text.Json;

namespace Attune.Problems.Tests;

/// <summary>The problems against answers that another program gave; see <c>Reference/README.md</c>.</summary>
public sealed class ReferenceTests
{
    // With the plug-ins, which lie beside the tests as they do beside programs.
    private static readonly IProblemSource Source = Plugins.OpenProblems(Plugins.DefaultFolder);

    public static TheoryData<string> Names => [.. Lines("spaces").Select(space => space.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Evaluate_OfEveryProblem_GivesTheReferenceValues(string name)
    {
        var problem = await Source.OpenAsync(name, TestContext.Current.CancellationToken);
        var requests = Lines("evaluations").Where(line => line.GetProperty("request").GetProperty("problem").GetString() == name).ToArray();
        Assert.Equal(16, requests.Length);
        foreach (var line in requests)
        {
            var (request, answer) = (line.GetProperty("request"), line.GetProperty("answer"));
            double? resource = request.TryGetProperty("fidelity", out var epochs) ? epochs.GetDouble() : null;
            var evaluation = await problem.EvaluateAsync(
                Configure(problem.Problem.Space, request.GetProperty("config")), resource, request.GetProperty("seed").GetInt64(),
                request.GetProperty("trial").GetInt32(), TestContext.Current.CancellationToken);
            Check(problem, answer.GetProperty("values"), evaluation.Values);
            Check(problem, answer.TryGetProperty("noiseless", out var noiseless)
                ? noiseless
                : answer.GetProperty("values"), evaluation.Noiseless);
            Near(problem, "time", answer.GetProperty("seconds").GetDouble(), evaluation.Seconds);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Noise_OfEveryNoisyProblem_IsTheReferenceNoiseToTheBit(string name)
    {
        var problem = await Source.OpenAsync(name, TestContext.Current.CancellationToken);
        foreach (var line in Lines("evaluations").Where(line => line.GetProperty("request").GetProperty("problem").GetString() == name))
        {
            var (request, answer) = (line.GetProperty("request"), line.GetProperty("answer"));
            if (!answer.TryGetProperty("noiseless", out var noiseless))
            {
                Assert.Equal(0, problem.NoiseDeviation);
                continue;
            }

            var seen = KeyedNoise.Add(
                new("y", noiseless.GetProperty("y").GetDouble()), problem.NoiseDeviation, name, request.GetProperty("seed").GetInt64(),
                request.GetProperty("trial").GetInt64());
            Assert.Equal(answer.GetProperty("values").GetProperty("y").GetDouble(), seen["y"]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Space_OfEveryProblem_IsTheReferenceSpace(string name)
    {
        var space = Lines("spaces").Single(line => line.GetProperty("name").GetString() == name);
        var problem = await Source.OpenAsync(name, TestContext.Current.CancellationToken);
        Assert.Equal(space.GetProperty("group").GetString(), problem.Group);
        Assert.Equal(space.GetProperty("noise_sd").GetDouble(), problem.NoiseDeviation);
        Assert.Equal(
            space.GetProperty("params").EnumerateArray().Select(Describe),
            problem.Problem.Space.Parameters.Select(Describe));
        Assert.Equal(
            space.GetProperty("objectives").EnumerateArray()
                .Select(objective => (objective.GetProperty("name").GetString()!, objective.GetProperty("direction").GetString()!)),
            problem.Problem.Objectives.Select(objective => (objective.Metric, objective.Direction.ToString().ToLowerInvariant())));
        if (space.GetProperty("optimum").ValueKind == JsonValueKind.Number)
            Assert.Equal(space.GetProperty("optimum").GetDouble(), problem.BestKnown!.Value);
        if (!problem.Problem.IsSingleObjective)
        {
            Assert.Equal(
                space.GetProperty("objectives").EnumerateArray()
                    .Select(objective => (objective.GetProperty("ideal").GetDouble(), objective.GetProperty("nadir").GetDouble())),
                problem.Ranges.Select(range => (range.Ideal, range.Nadir)));
        }
    }

    private static string Describe(JsonElement parameter)
    {
        var condition = parameter.GetProperty("condition");
        var when = condition.ValueKind == JsonValueKind.Null ? "always"
            : $"{condition.GetProperty("parent")} == '{Assert.Single(condition.GetProperty("values").EnumerateArray())}'";
        var (name, type) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("type").GetString()!);
        return type == "categorical"
            ? $"{name} of {string.Join(", ", parameter.GetProperty("choices").EnumerateArray())} when {when}"
            : Describe(
                name, type, parameter.GetProperty("low").GetDouble(), parameter.GetProperty("high").GetDouble(),
                parameter.GetProperty("log").GetBoolean(), when);
    }

    private static string Describe(Parameter parameter)
    {
        var when = parameter.Activation?.Text ?? "always";
        return parameter is NumericParameter numeric
            ? Describe(numeric.Name, numeric is IntParameter ? "int" : "float", numeric.Low, numeric.High, numeric.Scale == Scale.Log, when)
            : $"{parameter.Name} of {string.Join(", ", ((CategoricalParameter)parameter).Choices)} when {when}";
    }

    private static string Describe(string name, string type, double low, double high, bool isLogarithmic, string when) =>
        FormattableString.Invariant($"{name}: {type} in [{low}, {high}], log {isLogarithmic} when {when}");

    private static Configuration Configure(SearchSpace space, JsonElement values) =>
        space.Configure(values.EnumerateObject().Select(pair => KeyValuePair.Create(
        pair.Name,
        pair.Value.ValueKind == JsonValueKind.String ? ParameterValue.Of(pair.Value.GetString()!)
            : space[pair.Name] is IntParameter
                ? ParameterValue.Of(pair.Value.GetInt64())
                : ParameterValue.Of(pair.Value.GetDouble()))), useDefaults: false);

    private static void Check(BenchmarkProblem problem, JsonElement expected, MetricValues actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(pair => pair.Name), actual.Select(pair => pair.Key));
        foreach (var pair in expected.EnumerateObject())
            Near(problem, pair.Name, pair.Value.GetDouble(), actual[pair.Name]);
    }

    // The network computes in single precision, in an order of sums that differs between processors.
    private static void Near(BenchmarkProblem problem, string metric, double expected, double actual)
    {
        var tolerance = (problem.Group.StartsWith("lcbench", StringComparison.Ordinal) ? 1e-4 : 1e-13) * Math.Max(1, Math.Abs(expected));
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            FormattableString.Invariant($"{problem}: {metric} is {actual} instead of {expected}"));
    }

    private static IEnumerable<JsonElement> Lines(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", name + ".jsonl")).Select(line => JsonElement.Parse(line));
}
