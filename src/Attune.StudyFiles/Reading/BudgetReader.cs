using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads budget, retries and parallelism. A broken number has been reported by its shape and counts as none.</summary>
internal static class BudgetReader
{
    internal static Budget ReadBudget(YamlMap root, MistakeList mistakes)
    {
        if (root["budget"] is not YamlMap map)
        {
            if (root["budget"] is null && !mistakes.IsSupposed("budget"))
                mistakes.Warn(root.Find("budget")?.Key.Place ?? root.Place, "budget",
                    "is missing, so the study runs until it is stopped; write, for example, budget: {trials: 50, time: 10m}.");
            return Budget.Unlimited;
        }

        if (map["resource"] is { } resource && root["fidelity"] is null && root["fidelities"] is null)
            mistakes.Add(resource.Place, Paths.Key("budget", "resource"),
                "counts the resource of a fidelity, but there is none; give a fidelity, or limit trials or time.");
        return new()
        {
            Trials = Count(map["trials"]),
            WallClock = map["time"].Time(),
            Resource = Positive(map["resource"]),
            Cost = Positive(map["cost"]),
            ConsecutiveFailures = Count(map["consecutive_failures"]),
            TrialsWithoutImprovement = Count(map["trials_without_improvement"]),
            StopAtTarget = map["stop_at_target"].Flag() ?? true,
            DrainAtTarget = map["drain_at_target"].Flag() ?? false,
        };
    }

    internal static RetryPolicy ReadRetries(YamlMap root)
    {
        var map = root["retries"] as YamlMap;
        return new(Count(map?["lost"]) ?? RetryPolicy.Default.LostAttempts, Count(map?["failed"]) ?? RetryPolicy.Default.FailedAttempts);
    }

    /// <summary>How many trials run at once; null for as many as the machine has cores.</summary>
    internal static int? ReadParallelism(YamlMap root) => root["parallelism"].Text() == "cores" ? null : Count(root["parallelism"]) ?? 1;

    private static int? Count(YamlNode? node) => node.Whole() is { } whole and >= 1 and <= int.MaxValue ? (int)whole : null;

    private static double? Positive(YamlNode? node) => node.Number() is > 0 and { } number ? number : null;
}
