using System.Text.Json.Serialization;

namespace Attune.Cli.Json;

/// <summary>How everything that <c>--json</c> prints is written: names in snake case, every member there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Serialization | JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TrialJson))]
[JsonSerializable(typeof(StudyJson))]
[JsonSerializable(typeof(StudyItemJson))]
[JsonSerializable(typeof(AskJson))]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(EnqueueJson))]
[JsonSerializable(typeof(CheckJson))]
[JsonSerializable(typeof(RunTrialJson))]
[JsonSerializable(typeof(RunEndJson))]
[JsonSerializable(typeof(SuggestionTimesJson))]
internal sealed partial class OutputJson : JsonSerializerContext;
