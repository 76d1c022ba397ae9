using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Attune.Algorithms.Samplers;

/// <summary>Options of the sampler <c>grid</c>.</summary>
public sealed record GridOptions
{
    /// <summary>How many values a float, or an integer or stepped float with more values than that, is tried at; from 1 to 10,000, 5 by
    /// default.</summary>
    public int Points { get; init; } = 5;

    /// <summary>Other numbers for single parameters, by name; choices are always tried all.</summary>
    public ImmutableSortedDictionary<string, int> Parameters { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Whether the grid is walked in a random order, so that a search that ends early has seen a bit of everything; no by
    /// default.</summary>
    public bool Shuffle { get; init; }
}

/// <summary>Serialises <see cref="GridOptions"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GridOptions))]
internal sealed partial class GridJson : JsonSerializerContext;
