using System.Collections.Immutable;
using System.Text.Json;

namespace Attune.Algorithms;

/// <summary>A sampler or scheduler as a registry knows it.</summary>
public abstract class MethodRegistration
{
    private readonly OptionSchema _schema;

    private protected MethodRegistration(string kind, string name, int version, string summary, OptionSchema schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        if (name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
            throw new ArgumentException($"The name '{name}' must be of lower-case letters, digits and hyphens.", nameof(name));
        (Kind, Name, Version, Summary, _schema) = (kind, name, version, summary, schema);
    }

    /// <summary>The name, lower case with hyphens.</summary>
    public string Name { get; }

    /// <summary>The version: raised whenever the same journal would lead to another answer.</summary>
    public int Version { get; }

    /// <summary>What it is, in one line.</summary>
    public string Summary { get; }

    /// <summary>Other names by which people may call it; journals hold <see cref="Name"/>.</summary>
    public ImmutableArray<string> Aliases { get; private protected init; } = [];

    /// <summary>The options with types, defaults, ranges and descriptions.</summary>
    public ImmutableArray<MethodOption> Options => _schema.Options;

    /// <summary>Sampler or scheduler, with the name, as messages begin.</summary>
    internal string Title => $"{Kind} '{Name}'";

    /// <summary>The word for its kind, with a capital letter.</summary>
    private string Kind { get; }

    /// <summary>The descriptor with checked options, of which only those stay that differ from the defaults.</summary>
    /// <param name="options">A JSON object of options.</param>
    /// <exception cref="ProblemException">An option is unknown or its value not allowed; the message lists what is.</exception>
    public MethodDescriptor Describe(JsonElement options) => new(Name, Version, _schema.Canonicalize(Title, options));

    /// <summary>The descriptor with the default options.</summary>
    public MethodDescriptor Describe() => new(Name, Version);

    /// <summary>The descriptor with options given as their record.</summary>
    /// <typeparam name="TOptions">The record of this method's options.</typeparam>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">The record belongs to another method.</exception>
    /// <exception cref="ProblemException">A value is not allowed.</exception>
    public MethodDescriptor Describe<TOptions>(TOptions options)
        where TOptions : class, new()
    {
        if (_schema is not OptionSchema<TOptions> schema)
            throw new ArgumentException($"{Title} does not take options of the type {typeof(TOptions).Name}.", nameof(options));
        using var written = JsonDocument.Parse(schema.Write(options));
        return Describe(written.RootElement);
    }

    private protected static JsonDocument Parse(string title, MethodDescriptor descriptor)
    {
        try
        {
            return JsonDocument.Parse(descriptor.Options);
        }
        catch (JsonException exception)
        {
            throw new ProblemException($"{title}: the options '{descriptor.Options}' are not JSON: {exception.Message}");
        }
    }
}
