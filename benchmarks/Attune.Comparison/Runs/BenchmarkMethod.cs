using System.Text;
using System.Text.Json;
using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>A sampler with options, as one of the methods that are compared.</summary>
/// <param name="Label">The name in results: the sampler and the options that differ from the defaults, such as
/// <c>gp-ucb:starts=3</c>.</param>
/// <param name="Descriptor">What the study gets.</param>
public sealed record BenchmarkMethod(string Label, MethodDescriptor Descriptor)
{
    /// <summary>Parses a list of methods, separated by commas: a sampler, then options, each after a colon, as <c>name=value</c>.</summary>
    /// <param name="text">Such as <c>auto,gp-ucb:delta=0.05:starts=3</c>. Values are JSON, or else plain texts; commas and colons within
    /// quotes, brackets and braces do not separate.</param>
    /// <param name="registry">The samplers that there are.</param>
    /// <exception cref="BenchmarkException">A sampler or option is unknown, or a value is not allowed.</exception>
    public static IReadOnlyList<BenchmarkMethod> ParseList(string text, MethodRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(registry);
        var methods = Split(text, ',').Select(part => Parse(part.Trim(), registry)).ToArray();
        var twice = methods.GroupBy(method => method.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? methods : throw new BenchmarkException($"The method '{twice.Key}' stands twice.");
    }

    private static BenchmarkMethod Parse(string text, MethodRegistry registry)
    {
        var parts = Split(text, ':');
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var option in parts.Skip(1))
            {
                var equals = option.IndexOf('=', StringComparison.Ordinal);
                if (equals < 1)
                    throw new BenchmarkException($"Method '{text}': an option is name=value, not '{option}'.");
                writer.WritePropertyName(option[..equals]);
                WriteValue(writer, option[(equals + 1)..]);
            }

            writer.WriteEndObject();
        }

        try
        {
            var descriptor = registry.DescribeSampler(parts[0], JsonElement.Parse(buffer.ToArray()));
            return new(Name(descriptor), descriptor);
        }
        catch (Exception exception) when (exception is ProblemException or JsonException)
        {
            throw new BenchmarkException($"Method '{text}': {exception.Message}", exception);
        }
    }

    private static string Name(MethodDescriptor descriptor)
    {
        using var options = JsonDocument.Parse(descriptor.Options);
        return options.RootElement.EnumerateObject()
            .Aggregate(descriptor.Name, (name, option) => $"{name}:{option.Name}={option.Value.GetRawText()}");
    }

    private static void WriteValue(Utf8JsonWriter writer, string value)
    {
        try
        {
            writer.WriteRawValue(value);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            writer.WriteStringValue(value);
        }
    }

    private static List<string> Split(string text, char separator)
    {
        var (parts, part, depth, isQuoted) = (new List<string>(), new StringBuilder(), 0, false);
        foreach (var sign in text)
        {
            if (sign == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted)
                depth += sign is '[' or '{' ? 1 : sign is ']' or '}' ? -1 : 0;
            if (sign == separator && depth == 0 && !isQuoted)
            {
                parts.Add(part.ToString());
                part.Clear();
                continue;
            }

            part.Append(sign);
        }

        parts.Add(part.ToString());
        return parts;
    }
}
