using System.Text;
using System.Text.Json;
using Attune.Algorithms;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>A sampler with options, as one of the methods that are compared; over training runs with a scheduler.</summary>
/// <param name="Label">The name in results: the sampler and the options that differ from the defaults, such as
/// <c>gp-ucb:starts=3</c>; where there is a scheduler, both, joined by a plus.</param>
/// <param name="Descriptor">The sampler that the study gets.</param>
public sealed record BenchmarkMethod(string Label, MethodDescriptor Descriptor)
{
    private const string Automatic = "auto";
    private const string NoScheduler = "run-to-completion";

    /// <summary>The scheduler that the study gets; null for the one that runs every trial to its end.</summary>
    public MethodDescriptor? Scheduler { get; init; }

    /// <summary>Parses a list of methods, separated by commas: a sampler, then options, each after a colon, as <c>name=value</c>.</summary>
    /// <param name="text">Such as <c>auto,gp-ucb:delta=0.05:starts=3</c>. Values are JSON, or else plain texts; commas and colons within
    /// quotes, brackets and braces do not separate.</param>
    /// <param name="registry">The samplers that there are.</param>
    /// <exception cref="BenchmarkException">A sampler or option is unknown, or a value is not allowed.</exception>
    public static IReadOnlyList<BenchmarkMethod> ParseList(string text, MethodRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(registry);
        return Distinct([.. Split(text, ',').Select(part => Parse(part.Trim(), registry))]);
    }

    /// <summary>Parses a list of methods, each a sampler or a sampler and a scheduler joined by a plus.</summary>
    /// <param name="text">Such as <c>random+asha,tpe+hyperband:eta=3</c>. A sampler alone takes the scheduler <c>auto</c> where the
    /// registry has it, else every trial runs to its end.</param>
    /// <param name="registry">The samplers and schedulers that there are.</param>
    /// <exception cref="BenchmarkException">A sampler, scheduler or option is unknown, or a value is not allowed.</exception>
    public static IReadOnlyList<BenchmarkMethod> ParseScheduledList(string text, MethodRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(registry);
        return Distinct([.. Split(text, ',').Select(part => ParseScheduled(part.Trim(), registry))]);
    }

    private static BenchmarkMethod ParseScheduled(string text, MethodRegistry registry)
    {
        var parts = SplitScheduler(text);
        var sampler = Parse(parts[0], registry.DescribeSampler);
        var byDefault = registry.Schedulers.Any(scheduler => scheduler.Name == Automatic) ? Automatic : NoScheduler;
        var scheduler = Parse(parts.Count > 1 ? parts[1] : byDefault, registry.DescribeScheduler);
        var label = $"{Name(sampler)}+{Name(scheduler)}";
        return new(label == $"{Automatic}+{Automatic}" ? Automatic : label, sampler) { Scheduler = scheduler };
    }

    private static BenchmarkMethod[] Distinct(BenchmarkMethod[] methods)
    {
        var twice = methods.GroupBy(method => method.Label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? methods : throw new BenchmarkException($"The method '{twice.Key}' stands twice.");
    }

    private static BenchmarkMethod Parse(string text, MethodRegistry registry)
    {
        if (SplitScheduler(text) is [_, var scheduler])
        {
            throw new BenchmarkException(
                $"Method '{text}': a scheduler such as '{scheduler}' counts only where trials are training runs; see --fidelity.");
        }

        var descriptor = Parse(text, registry.DescribeSampler);
        return new(Name(descriptor), descriptor);
    }

    private static MethodDescriptor Parse(string text, Func<string, JsonElement?, MethodDescriptor> describe)
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
            return describe(parts[0], JsonElement.Parse(buffer.ToArray()));
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

    // Names begin with letters, so the plus of a number such as 1e+5 joins nothing.
    private static List<string> SplitScheduler(string text)
    {
        var parts = Split(text, '+');
        for (var i = parts.Count - 1; i > 0; i--)
        {
            if (parts[i].Length > 0 && !char.IsAsciiDigit(parts[i][0]))
                continue;
            parts[i - 1] += "+" + parts[i];
            parts.RemoveAt(i);
        }

        return parts.Count <= 2 ? parts : throw new BenchmarkException($"Method '{text}': it is a sampler and at most one scheduler.");
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
