using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Attune.Comparison;

/// <summary>One line of a result file: a trial of a run. Values are in the problem's own direction.</summary>
/// <param name="Run">The run.</param>
/// <param name="Trial">The number of the trial within the run, from 0.</param>
public sealed record TrialLine(RunKey Run, int Trial)
{
    // Results go to files: the plus between sampler and scheduler stays a plus.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the method saw, in the order of the objectives.</summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>The best so far of a single objective: on noisy problems the noiseless value of the incumbent that noisy values
    /// choose.</summary>
    public double? Best { get; init; }

    /// <summary>On noisy problems, the noiseless value of the configuration that the method would recommend; null when it recommends
    /// none.</summary>
    public double? Recommended { get; init; }

    /// <summary>The seconds of the suggestion and of the tell before it.</summary>
    public double? AskSeconds { get; init; }

    /// <summary>The processor seconds of the same.</summary>
    public double? AskCpuSeconds { get; init; }

    /// <summary>How many trials the run was to have, which methods know; null when it is not told.</summary>
    public int? Budget { get; init; }

    /// <summary>Whether the run ended here because the sampler had nothing more to propose.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>Over training runs, the resource up to which the trial has run; null where trials are whole evaluations, as are the
    /// members below.</summary>
    public double? Fidelity { get; init; }

    /// <summary>The resource that was spent by then in all.</summary>
    public double? CumulativeFidelity { get; init; }

    /// <summary>The value at full fidelity, looked up outside the budget, of the configuration that holds <see cref="Best"/>.</summary>
    public double? IncumbentFull { get; init; }

    /// <summary>The value at full fidelity of the configuration that the method would recommend; null when it recommends none.</summary>
    public double? RecommendedFull { get; init; }

    /// <summary>The time of the simulation.</summary>
    public double? SimulatedSeconds { get; init; }

    /// <summary>How much resource the run was to spend; null when it is not told.</summary>
    public double? ResourceBudget { get; init; }

    /// <summary>Whether it tells of a run over training runs.</summary>
    public bool IsOfFidelity => CumulativeFidelity is not null;

    /// <summary>Reads a line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    /// <exception cref="FormatException">A member is missing or of another kind; the message names it.</exception>
    public static TrialLine Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("a line must be a JSON object");
        var run = new RunKey(Text(root, "system"), Text(root, "sampler"), Text(root, "problem"), (long)Needed(root, "seed"));
        return new(run, (int)Needed(root, "trial"))
        {
            Values = root.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array
                ? [.. values.EnumerateArray().Select(value => value.GetDouble())]
                : Number(root, "value") is { } value ? [value] : [],
            Best = Number(root, "best"),
            Recommended = Number(root, "recommended"),
            AskSeconds = Number(root, "ask_seconds"),
            AskCpuSeconds = Number(root, "ask_cpu_seconds"),
            Budget = (int?)Number(root, "budget"),
            Fidelity = Number(root, "fidelity"),
            CumulativeFidelity = Number(root, "cumulative_fidelity"),
            IncumbentFull = Number(root, "incumbent_full"),
            RecommendedFull = Number(root, "recommended_full"),
            SimulatedSeconds = Number(root, "simulated_seconds"),
            ResourceBudget = Number(root, "resource_budget"),
            IsExhausted = root.TryGetProperty("exhausted", out var exhausted) && exhausted.ValueKind == JsonValueKind.True,
        };
    }

    /// <summary>The line as JSON, without a line end.</summary>
    public override string ToString()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("system", Run.System);
            writer.WriteString("sampler", Run.Sampler);
            writer.WriteString("problem", Run.Problem);
            writer.WriteNumber("seed", Run.Seed);
            writer.WriteNumber("trial", Trial);
            if (Values.Length == 1)
            {
                writer.WriteNumber("value", Values[0]);
            }
            else
            {
                writer.WriteStartArray("values");
                foreach (var value in Values)
                    writer.WriteNumberValue(value);
                writer.WriteEndArray();
            }

            Write(writer, "best", Best);
            Write(writer, "recommended", Recommended);
            Write(writer, "fidelity", Fidelity);
            Write(writer, "cumulative_fidelity", CumulativeFidelity);
            Write(writer, "incumbent_full", IncumbentFull);
            Write(writer, "recommended_full", RecommendedFull);
            Write(writer, "simulated_seconds", SimulatedSeconds);
            Write(writer, "ask_seconds", AskSeconds);
            Write(writer, "ask_cpu_seconds", AskCpuSeconds);
            Write(writer, "budget", Budget);
            Write(writer, "resource_budget", ResourceBudget);
            if (IsExhausted)
                writer.WriteBoolean("exhausted", true);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
    }

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()
        : throw new FormatException($"the member '{name}' is missing");

    private static double Needed(JsonElement root, string name) =>
        Number(root, name) ?? throw new FormatException($"the member '{name}' is missing or no number");

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
