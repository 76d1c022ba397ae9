using System.Text.Json.Serialization;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>Options of the scheduler <c>scripted</c>.</summary>
public sealed record ScriptedOptions
{
    /// <summary>The cues; those of one trial are taken in the order given, each once.</summary>
    public IReadOnlyList<ScriptedCue> Cues { get; init; } = [];

    /// <summary>How many trials begin after a trial has paused before it is resumed, from 0 to 1,000,000; 1 by default.</summary>
    public int Hold { get; init; } = 1;
}

/// <summary>Writes decisions as words.</summary>
internal sealed class TrialDecisionConverter()
    : JsonStringEnumConverter<TrialDecision>(System.Text.Json.JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>Serialises <see cref="ScriptedOptions"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(TrialDecisionConverter)])]
[JsonSerializable(typeof(ScriptedOptions))]
internal sealed partial class ScriptedJson : JsonSerializerContext;
