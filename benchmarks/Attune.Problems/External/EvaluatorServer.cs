using System.Text;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>Serves problems by the evaluator protocol, so that programs in any language can be compared on them.</summary>
/// <param name="source">The problems.</param>
public sealed class EvaluatorServer(IProblemSource source)
{
    /// <summary>Answers each line with a line, until the input ends.</summary>
    /// <param name="input">Requests, one JSON object a line.</param>
    /// <param name="output">Answers, one JSON object a line.</param>
    /// <param name="cancellationToken">Ends between two requests.</param>
    public async Task ServeAsync(TextReader input, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
                continue;
            await output.WriteAsync((await AnswerAsync(line, cancellationToken).ConfigureAwait(false) + "\n").AsMemory(), cancellationToken)
                .ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var request = document.RootElement;
            return (request.TryGetProperty("cmd", out var command) ? command.GetString() : null) switch
            {
                null => Write(Values(await EvaluateAsync(request, cancellationToken).ConfigureAwait(false))),
                "list" => Write(List),
                "space" => Write(SpaceText.Of(await OpenAsync(request, cancellationToken).ConfigureAwait(false))),
                var other => throw new BenchmarkException($"there is no command '{other}'; there are list and space"),
            };
        }
        catch (Exception exception) when (exception is BenchmarkException or SpaceException or JsonException or InvalidOperationException
            or FormatException or KeyNotFoundException)
        {
            return Write(writer => writer.WriteString("error", exception.Message));
        }
    }

    private async Task<BenchmarkEvaluation> EvaluateAsync(JsonElement request, CancellationToken cancellationToken)
    {
        var problem = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var space = problem.Problem.Space;
        var configuration = space.Configure(
            request.GetProperty("config").EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, Value(space, pair))));
        return await problem.EvaluateAsync(
            configuration, Resource(problem, request), (long)(EvaluatorSpace.Number(request, "seed") ?? 0),
            (int)(EvaluatorSpace.Number(request, "trial") ?? 0),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<BenchmarkProblem> OpenAsync(JsonElement request, CancellationToken cancellationToken)
    {
        var name = EvaluatorSpace.TextOrNull(request, "problem") ?? throw new BenchmarkException("the request names no problem");
        return source.Names.Contains(name, StringComparer.Ordinal)
            ? await source.OpenAsync(name, cancellationToken).ConfigureAwait(false)
            : throw new BenchmarkException($"there is no problem '{name}'");
    }

    private static double? Resource(BenchmarkProblem problem, JsonElement request)
    {
        if (!request.TryGetProperty("fidelity", out var asked) || asked.ValueKind == JsonValueKind.Null)
            return null;
        var fidelity = problem.Problem.Fidelity ?? throw new BenchmarkException("the problem has no fidelity");
        if (asked.ValueKind == JsonValueKind.Object)
        {
            var other = asked.EnumerateObject().Select(pair => pair.Name).FirstOrDefault(name => name != fidelity.Name);
            if (other is not null)
                throw new BenchmarkException($"there is no fidelity '{other}'");
            if (!asked.TryGetProperty(fidelity.Name, out asked))
                return null;
        }

        var amount = asked.GetDouble();
        return amount >= fidelity.Low && amount <= fidelity.High && (!fidelity.IsInteger || amount == Math.Floor(amount))
            ? amount
            : throw new BenchmarkException(
                FormattableString.Invariant($"{fidelity.Name}: {amount} is not allowed; it goes from {fidelity.Low} to {fidelity.High}"));
    }

    private static ParameterValue Value(SearchSpace space, JsonProperty pair) => pair.Value.ValueKind switch
    {
        JsonValueKind.String => ParameterValue.Of(pair.Value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => ParameterValue.Of(pair.Value.GetBoolean()),
        JsonValueKind.Number => space[pair.Name] is FloatParameter || !pair.Value.TryGetInt64(out var whole)
            ? ParameterValue.Of(pair.Value.GetDouble()) : ParameterValue.Of(whole),
        _ => throw new BenchmarkException($"{pair.Name}: a value is a text, a number or a truth value"),
    };

    private static Action<Utf8JsonWriter> Values(BenchmarkEvaluation evaluation) => writer =>
    {
        Write(writer, "values", evaluation.Values);
        if (!ReferenceEquals(evaluation.Values, evaluation.Noiseless))
            Write(writer, "noiseless", evaluation.Noiseless);
        writer.WriteNumber("seconds", evaluation.Seconds);
    };

    private static void Write(Utf8JsonWriter writer, string name, MetricValues values)
    {
        writer.WriteStartObject(name);
        foreach (var (metric, value) in values)
            writer.WriteNumber(metric, value);
        writer.WriteEndObject();
    }

    private void List(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("problems");
        foreach (var name in source.Names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
