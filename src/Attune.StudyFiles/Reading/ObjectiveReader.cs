using Attune.Serialization;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads objectives, constraints on outcomes, fidelities, cost and instances.</summary>
internal sealed class ObjectiveReader(MistakeList mistakes, YamlMap root)
{
    internal List<Objective> ReadObjectives()
    {
        var given = root.Entries
            .Where(entry => entry.Name is "minimize" or "maximize" or "objectives" && root.Find(entry.Name) is not null).ToArray();
        if (given.Length == 0)
        {
            if (!((string[])["minimize", "maximize", "objectives"]).Any(mistakes.IsSupposed))
                mistakes.Add(root.Place, "objectives", "is missing; say what to optimise, such as minimize: loss or maximize: accuracy.");
            return [];
        }

        foreach (var other in given.Skip(1))
            mistakes.Add(other.Key.Place, other.Name, $"stands beside {given[0].Name}; list several objectives under objectives.");
        if (given[0].Name != "objectives")
            return given[0].Value.Text() is { } metric
                ? [new(metric, given[0].Name == "minimize" ? Direction.Minimize : Direction.Maximize)] : [];
        var objectives = new List<Objective>();
        Each("objectives", (map, path) =>
        {
            if (map["metric"].Text() is not { } metric)
                return;
            if (objectives.Any(objective => objective.Metric == metric))
                mistakes.Add(map["metric"]!.Place, Paths.Key(path, "metric"), $"the metric '{metric}' stands twice.");
            objectives.Add(ReadObjective(map, metric, path));
        });
        return objectives;
    }

    internal List<OutcomeConstraint> ReadConstraints()
    {
        var constraints = new List<OutcomeConstraint>();
        Each("constraints", (map, path) =>
        {
            var (most, least) = (map["at_most"].Number(), map["at_least"].Number());
            if (map["at_most"] is null && map["at_least"] is null)
                mistakes.Add(map.Place, path, "needs at_most, at_least, or both.");
            if (most < least)
                mistakes.Add(map["at_most"]!.Place, Paths.Key(path, "at_most"), "lies below at_least; nothing can meet both.");
            else if (map["metric"].Text() is { } metric && (most ?? least) is not null)
                constraints.Add(new(metric, most, least));
        });
        return constraints;
    }

    internal List<Fidelity> ReadFidelities()
    {
        var fidelities = new List<Fidelity>();
        if (root["fidelity"] is YamlMap one)
            Add(one, "fidelity");
        if (root.Find("fidelities") is { } several && root["fidelity"] is not null)
            mistakes.Add(several.Key.Place, "fidelities", "stands beside fidelity; keep one of the two.");
        Each("fidelities", Add);
        return fidelities;

        void Add(YamlMap map, string path)
        {
            if (ReadFidelity(map, path) is not { } fidelity)
                return;
            if (fidelities.Any(other => other.Name == fidelity.Name))
                mistakes.Add(map["name"]!.Place, Paths.Key(path, "name"), $"the fidelity '{fidelity.Name}' stands twice.");
            fidelities.Add(fidelity);
        }
    }

    internal List<string> ReadInstances()
    {
        var instances = new List<string>();
        var items = root["instances"].Items();
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Text() is not { } name)
                continue;
            if (instances.Contains(name))
                mistakes.Add(items[index].Place, Paths.Item("instances", index), $"the instance '{name}' stands twice.");
            instances.Add(name);
        }

        return instances;
    }

    private Objective ReadObjective(YamlMap map, string metric, string path)
    {
        var noise = map["noise"];
        var reduction = Word(map["reduction"], Reduction.Last);
        if (reduction == Reduction.AtFullFidelity && root["fidelity"] is null && root["fidelities"] is null)
            mistakes.Add(map["reduction"]!.Place, Paths.Key(path, "reduction"),
                "at-full-fidelity needs a fidelity; give one, or use last or best.");
        return new(metric, Word(map["direction"], Direction.Minimize))
        {
            Noise = noise is YamlMap ? Noise.Known : Word(noise, Noise.Unknown),
            NoiseVariance = noise is YamlMap known ? known["variance"].Number() : null,
            Reduction = reduction,
            Target = map["target"].Number(),
            ReferencePoint = map["reference_point"].Number(),
        };
    }

    private Fidelity? ReadFidelity(YamlMap map, string path)
    {
        if (map["name"].Text() is not { } name || map["low"].Number() is not { } low || map["high"].Number() is not { } high
            || low <= 0 || high <= 0)
            return null;
        var isInteger = map["integer"].Flag() ?? true;
        if (low > high)
            mistakes.Add(map["low"]!.Place, Paths.Key(path, "low"), "is above high.");
        foreach (var key in (string[])["low", "high"])
        {
            if (isInteger && map[key].Whole() is null)
                mistakes.Add(map[key]!.Place, Paths.Key(path, key),
                    $"needs a whole number, found {Shape.Describe(map[key]!)}; for parts of the resource write integer: false.");
        }

        return new(name, low, high)
        {
            Unit = map["unit"].Text(),
            Scale = Word(map["scale"], Scale.Log),
            IsInteger = isInteger,
            IsResumable = map["resumable"].Flag() ?? true,
        };
    }

    private void Each(string key, Action<YamlMap, string> read)
    {
        var items = root[key].Items();
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is YamlMap map)
                read(map, Paths.Item(key, index));
        }
    }

    /// <summary>The value that a word names; the default for anything else, which its shape has reported.</summary>
    internal static T Word<T>(YamlNode? node, T byDefault)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => JsonNames.Of(value) == node.Text()).Select(value => (T?)value).FirstOrDefault() ?? byDefault;
}
