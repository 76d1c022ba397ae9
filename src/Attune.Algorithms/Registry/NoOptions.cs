using System.Text.Json.Serialization;

namespace Attune.Algorithms;

/// <summary>The options of a method that has none.</summary>
internal sealed record NoOptions;

/// <summary>Serialises <see cref="NoOptions"/>.</summary>
[JsonSerializable(typeof(NoOptions))]
internal sealed partial class NoOptionsJson : JsonSerializerContext;
