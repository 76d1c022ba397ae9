using System.Globalization;
using System.Text.Json;

namespace Attune.Programs;

/// <summary>
/// Reads the lines by which programs report: the prefix <c>attune: </c> and a flat JSON object, as in
/// <c>attune: {"resource": 3, "accuracy": 0.91}</c>. A line counts whole or not at all.
/// </summary>
internal static class MetricLineParser
{
    public const string Prefix = "attune:";

    private const string Example = "as in attune: {\"accuracy\": 0.91}";

    /// <returns>The report, a warning that says why the line cannot be used, or null for a line without the prefix.</returns>
    public static MetricReport? Parse(OutputLine line)
    {
        var text = line.Text.AsSpan().Trim();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        if (line.IsCut)
            return Warn(text, "the line is too long, and its end was cut off");
        text = text[Prefix.Length..].Trim();
        if (text.IsEmpty || text[0] != '{')
            return Warn(text, "a JSON object must follow the prefix, " + Example);
        try
        {
            using var document = JsonDocument.Parse(NonFiniteNumbers.Quote(text), new JsonDocumentOptions { MaxDepth = 4 });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            var place = exception.BytePositionInLine is long position
                ? string.Create(CultureInfo.InvariantCulture, $" (near byte {position + 1} of the object)")
                : "";
            return Warn(text, $"it is not valid JSON{place}; an object is needed, {Example}");
        }
        catch (InvalidOperationException exception)
        {
            return Warn(text, exception.Message);
        }
    }

    private static ReportedLine Read(JsonElement root)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var report = new ReportedLine(metrics);
        foreach (var property in root.EnumerateObject())
        {
            var name = property.Name;
            if (name.Length == 0)
                throw new InvalidOperationException("a name is empty");
            if (!seen.Add(name))
                throw new InvalidOperationException($"'{name}' is there twice");
            var value = property.Value;
            switch (name)
            {
                case "resource":
                    report = report with { Resource = ReadBounded(name, value) };
                    break;
                case "instance":
                    report = report with { Instance = ReadInstance(value) };
                    break;
                case "replicate":
                    report = report with { Replicate = ReadReplicate(value) };
                    break;
                case "standard_errors":
                    report = report with { StandardErrors = ReadStandardErrors(value) };
                    break;
                case "checkpoint":
                    report = report with { Checkpoint = ReadCheckpoint(value) };
                    break;
                default:
                    metrics.Add(name, ReadNumber(name, value));
                    break;
            }
        }

        var orphan = report.StandardErrors?.Keys.FirstOrDefault(name => !metrics.ContainsKey(name));
        if (orphan is not null)
            throw new InvalidOperationException($"standard_errors names '{orphan}', which is no metric of this line");
        if (metrics.Count == 0 && report.Checkpoint is null)
            throw new InvalidOperationException("it holds neither a metric nor a checkpoint");
        return report;
    }

    private static double ReadNumber(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetDouble();
        if (value.ValueKind == JsonValueKind.String && NonFiniteNumbers.TryParse(value.GetString(), out var number))
            return number;
        throw new InvalidOperationException($"'{name}' is {Describe(value)}; a number is needed (or \"nan\", \"inf\", \"-inf\")");
    }

    private static double ReadBounded(string name, JsonElement value)
    {
        var number = ReadNumber(name, value);
        return double.IsFinite(number) && number >= 0
            ? number
            : throw new InvalidOperationException($"'{name}' is {Describe(value)}; a finite number that is not negative is needed");
    }

    private static string ReadInstance(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 } name => name,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"'instance' is {Describe(value)}; a name or a whole number is needed"),
    };

    private static long ReadReplicate(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw new InvalidOperationException($"'replicate' is {Describe(value)}; a whole number from 0 is needed");

    private static string ReadCheckpoint(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } path
            ? path
            : throw new InvalidOperationException($"'checkpoint' is {Describe(value)}; a path in quotes is needed");

    private static Dictionary<string, double> ReadStandardErrors(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException(
                $"'standard_errors' is {Describe(value)}; an object of numbers is needed, as in {{\"accuracy\": 0.01}}");
        }

        var errors = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!errors.TryAdd(property.Name, ReadBounded("standard_errors." + property.Name, property.Value)))
                throw new InvalidOperationException($"'standard_errors.{property.Name}' is there twice");
        }

        return errors;
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Shorten(value.GetRawText()),
    };

    private static ReportWarning Warn(ReadOnlySpan<char> text, string reason) =>
        new($"A line that starts with '{Prefix}' was not used: {reason}. The line: {Shorten(text.ToString())}");

    private static string Shorten(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");
}
