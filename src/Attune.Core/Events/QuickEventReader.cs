using System.Text;
using System.Text.Json;
using Attune.Serialization;

namespace Attune.Events;

/// <summary>
/// Reads the payloads that make up nearly all of a journal, in the form in which the codec writes them, without a document in between: a
/// study is opened by reading all of it. Whatever looks different is left to the codec, which also says what is wrong with it.
/// </summary>
internal sealed class QuickEventReader
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = JsonElements.Deep.MaxDepth };

    private readonly List<(SearchSpace Space, byte[][] Names)> _spaces = [];
    private (byte[] Json, MethodDescriptor Method)? _sampler;
    private string _fingerprint = "";
    private string _metric = "";

    internal void Accept(SearchSpace space) =>
        _spaces.Add((space, [.. space.Parameters.Select(parameter => Encoding.UTF8.GetBytes(parameter.Name))]));

    /// <summary>Reads a payload.</summary>
    /// <returns>The payload; null when the codec has to read it.</returns>
    internal TrialEvent? Read(string kind, int trial, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Deep);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            var payload = kind switch
            {
                "reserved" => ReadReserved(ref reader, trial),
                "proposed" => ReadProposed(ref reader, trial, body),
                "started" => ReadStarted(ref reader, trial),
                "measured" => ReadMeasured(ref reader, trial),
                "finished" => reader.Read() && reader.TokenType == JsonTokenType.EndObject ? new Finished(trial) : null,
                _ => (TrialEvent?)null,
            };
            return payload is not null && !reader.Read() ? payload : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException
            or SpaceException)
        {
            return null;
        }
    }

    private static Reserved? ReadReserved(ref Utf8JsonReader reader, int trial)
    {
        var (index, parallelism) = (-1L, 1);
        double? resource = null;
        ScheduleStep? step = null;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("index"u8))
                index = Value(ref reader).GetInt64();
            else if (reader.ValueTextEquals("parallelism"u8))
                parallelism = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("resource"u8))
                resource = Value(ref reader).GetDouble();
            else if (!reader.ValueTextEquals("step"u8) || (step = ReadStep(ref reader)) is null)
                return null;
        }

        return new(trial, TrialOrigin.Sampler, index, 0, parallelism, resource, step);
    }

    private static Started? ReadStarted(ref Utf8JsonReader reader, int trial)
    {
        var (basis, attempt) = (0L, 1);
        double? resource = null;
        ScheduleStep? step = null;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("basis"u8))
                basis = Value(ref reader).GetInt64();
            else if (reader.ValueTextEquals("attempt"u8))
                attempt = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("resource"u8))
                resource = Value(ref reader).GetDouble();
            else if (!reader.ValueTextEquals("step"u8) || (step = ReadStep(ref reader)) is null)
                return null;
        }

        return new(trial, attempt, resource, basis, step);
    }

    private Proposed? ReadProposed(ref Utf8JsonReader reader, int trial, ReadOnlySpan<byte> body)
    {
        var (basis, revision) = (0L, 0);
        Configuration? configuration = null;
        MethodDescriptor? sampler = null;
        string? fingerprint = null, annotation = null;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("basis"u8))
                basis = Value(ref reader).GetInt64();
            else if (reader.ValueTextEquals("configuration"u8))
                configuration = ReadConfiguration(ref reader, revision);
            else if (reader.ValueTextEquals("sampler"u8))
                sampler = ReadSampler(Raw(ref reader, body));
            else if (reader.ValueTextEquals("fingerprint"u8))
                fingerprint = Cached(ref reader, ref _fingerprint);
            else if (reader.ValueTextEquals("annotation"u8))
                annotation = Encoding.UTF8.GetString(Raw(ref reader, body));
            else if (configuration is null && reader.ValueTextEquals("revision"u8))
                revision = Value(ref reader).GetInt32();
            else
                return null;
        }

        return configuration is null || fingerprint is null ? null : new(trial, configuration, basis, 0, sampler, fingerprint, annotation);
    }

    private Measured? ReadMeasured(ref Utf8JsonReader reader, int trial)
    {
        var (sequence, attempt) = (0, 1);
        MetricValues? metrics = null;
        double? resource = null, elapsed = null;
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("metrics"u8))
                metrics = ReadMetrics(ref reader);
            else if (reader.ValueTextEquals("sequence"u8))
                sequence = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("resource"u8))
                resource = Value(ref reader).GetDouble();
            else if (reader.ValueTextEquals("attempt"u8))
                attempt = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("elapsed"u8))
                elapsed = Value(ref reader).GetDouble();
            else
                return null;
        }

        return metrics is null ? null
            : new(trial, new(metrics) { Sequence = sequence, Attempt = attempt, Resource = resource, Elapsed = elapsed });
    }

    private Configuration? ReadConfiguration(ref Utf8JsonReader reader, int revision)
    {
        if ((uint)revision >= (uint)_spaces.Count || Value(ref reader).TokenType != JsonTokenType.StartObject)
            return null;
        var (space, names) = _spaces[revision];
        var numbers = new double[names.Length];
        Array.Fill(numbers, double.NaN);
        for (var next = 0; NextMember(ref reader); next++)
        {
            // Active parameters are written in the order of the space.
            while (next < names.Length && !reader.ValueTextEquals(names[next]))
                next++;
            if (next == names.Length || ReadValue(ref reader) is not { } value)
                return null;
            numbers[next] = space.Parameters[next].ToNumber(value);
        }

        return new(space, numbers);
    }

    private static ParameterValue? ReadValue(ref Utf8JsonReader reader)
    {
        switch (Value(ref reader).TokenType)
        {
            case JsonTokenType.Number when reader.ValueSpan.IndexOfAny(".eE"u8) >= 0:
                return reader.GetDouble() is var number && double.IsFinite(number) ? number : null;
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) && IntParameter.IsExact(whole) ? whole : null;
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            default:
                return null;
        }
    }

    private MetricValues? ReadMetrics(ref Utf8JsonReader reader)
    {
        if (Value(ref reader).TokenType != JsonTokenType.StartObject || !NextMember(ref reader))
            return null;
        var first = KeyValuePair.Create(ReadMetric(ref reader), Value(ref reader).GetDouble());
        if (!NextMember(ref reader))
            return new(first.Key, first.Value);
        var all = new List<KeyValuePair<string, double>> { first };
        do
            all.Add(KeyValuePair.Create(string.Intern(reader.GetString()!), Value(ref reader).GetDouble()));
        while (NextMember(ref reader));
        return new(all);
    }

    private string ReadMetric(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(_metric) ? _metric : _metric = string.Intern(reader.GetString()!);

    private MethodDescriptor ReadSampler(ReadOnlySpan<byte> json)
    {
        if (_sampler is { } known && json.SequenceEqual(known.Json))
            return known.Method;
        using var document = JsonDocument.Parse(json.ToArray(), JsonElements.Deep);
        var method = DefinitionJson.ReadMethod(document.RootElement);
        _sampler = (json.ToArray(), method);
        return method;
    }

    private static string? Cached(ref Utf8JsonReader reader, ref string last)
    {
        if (!Value(ref reader).ValueTextEquals(last))
            last = reader.GetString() ?? "";
        return reader.TokenType == JsonTokenType.String ? last : null;
    }

    private static ScheduleStep? ReadStep(ref Utf8JsonReader reader)
    {
        if (Value(ref reader).TokenType != JsonTokenType.StartObject)
            return null;
        var (bracket, rung) = (0, 0);
        var (from, to) = (0.0, 0.0);
        while (NextMember(ref reader))
        {
            if (reader.ValueTextEquals("bracket"u8))
                bracket = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("rung"u8))
                rung = Value(ref reader).GetInt32();
            else if (reader.ValueTextEquals("from"u8))
                from = Value(ref reader).GetDouble();
            else if (reader.ValueTextEquals("to"u8))
                to = Value(ref reader).GetDouble();
            else
                return null;
        }

        return new(bracket, rung, from, to);
    }

    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static ref Utf8JsonReader Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }

    /// <summary>The text of a value.</summary>
    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}
