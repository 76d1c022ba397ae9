using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Attune.Internal;

namespace Attune.Algorithms;

/// <summary>Reads, checks and writes the options of one method.</summary>
internal abstract class OptionSchema
{
    /// <summary>The options with their defaults filled in.</summary>
    internal abstract ImmutableArray<MethodOption> Options { get; }

    /// <summary>The options as a JSON object that holds only what differs from the defaults, in the order of declaration.</summary>
    /// <param name="method">The method in words, for messages.</param>
    /// <param name="options">A JSON object.</param>
    internal abstract string Canonicalize(string method, JsonElement options);

    private protected static void CheckRaw(string method, ImmutableArray<MethodOption> allowed, JsonElement options)
    {
        if (options.ValueKind != JsonValueKind.Object)
            throw new ProblemException($"{method}: options must be names with values, but are {options.GetRawText()}.");
        foreach (var property in options.EnumerateObject())
        {
            var option = allowed.FirstOrDefault(option => option.Name == property.Name)
                ?? throw new ProblemException(
                    $"{method}: there is no option '{property.Name}'. {Listing(allowed)}"
                    + NearNames.Question(property.Name, allowed.Select(option => option.Name)));
            var isDerived = property.Value.ValueKind == JsonValueKind.Null && option.Default == "null";
            if (!isDerived && !option.Accepts(property.Value))
                throw new ProblemException(
                    $"{method}: option '{option.Name}' is {property.Value.GetRawText()}; allowed is {option.Allowed()}.");
        }
    }

    private static string Listing(ImmutableArray<MethodOption> allowed) => allowed.IsEmpty
        ? "It has no options."
        : $"Its options are {string.Join("; ", allowed.Select(Describe))}.";

    private static string Describe(MethodOption option) =>
        $"{option.Name} ({option.Allowed()}, default {(option.Default == "null" ? "derived" : option.Default)})";
}

/// <summary>The options of a method as a record that a JSON source generator knows.</summary>
/// <typeparam name="TOptions">The record; a new one holds the defaults.</typeparam>
internal sealed class OptionSchema<TOptions> : OptionSchema
    where TOptions : class, new()
{
    private readonly JsonTypeInfo<TOptions> _json;
    private readonly JsonElement _defaults;

    internal OptionSchema(JsonTypeInfo<TOptions> json, IEnumerable<MethodOption> options)
    {
        _json = json;
        _defaults = JsonSerializer.SerializeToElement(new TOptions(), json);
        Options = [.. options.Select(option => option with { Default = Default(option.Name) })];
        var undocumented = _defaults.EnumerateObject().Select(property => property.Name).Except(Options.Select(option => option.Name))
            .ToArray();
        if (undocumented.Length > 0)
            throw new ArgumentException(
                $"{typeof(TOptions).Name} has properties that are not described: {string.Join(", ", undocumented)}.", nameof(options));
    }

    internal override ImmutableArray<MethodOption> Options { get; }

    internal override string Canonicalize(string method, JsonElement options) => Write(Read(method, options));

    internal TOptions Read(string method, JsonElement options)
    {
        CheckRaw(method, Options, options);
        try
        {
            return WithDefaults(options).Deserialize(_json)!;
        }
        catch (JsonException exception)
        {
            throw new ProblemException($"{method}: the options {options.GetRawText()} cannot be read: {exception.Message}");
        }
    }

    internal string Write(TOptions options)
    {
        var changed = JsonSerializer.SerializeToElement(options, _json).EnumerateObject()
            .Where(property => !JsonElement.DeepEquals(property.Value, _defaults.GetProperty(property.Name)))
            .Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}");
        return $"{{{string.Join(',', changed)}}}";
    }

    // A source-generated reader sets init-only properties that the JSON lacks to the type's default, not to the record's.
    private JsonObject WithDefaults(JsonElement options)
    {
        var merged = JsonObject.Create(_defaults)!;
        foreach (var property in options.EnumerateObject())
            merged[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        return merged;
    }

    private string Default(string name) => _defaults.TryGetProperty(name, out var value)
        ? value.GetRawText()
        : throw new ArgumentException($"{typeof(TOptions).Name} has no property for the option '{name}'; names are in snake_case.",
            nameof(name));
}
