using Attune.Internal;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>
/// Reads one parameter in its long form. It is built in stages (range, scale, step, default, prior), so that what the contracts refuse
/// is reported at the key that made it illegal, and so that one mistake does not hide the next.
/// </summary>
internal sealed class ParameterReader(MistakeList mistakes, string name, YamlMap map, string path)
{
    private int _before;

    /// <summary>The parameter without its condition; null after a mistake.</summary>
    internal Parameter? Read()
    {
        _before = mistakes.Count;
        var type = map["type"].Text() ?? (map["choices"] is null ? null : "categorical");
        if (type is null)
        {
            if (map.Find("type") is null)
                mistakes.Add(map.Place, Paths.Key(path, "type"), $"is missing; it needs {SpaceKeys.Types.Allowed}.");
            return null;
        }

        if (!SpaceKeys.Types.Words.Contains(type))
            return null;
        ReportForeignKeys(type);
        Parameter? parameter = type switch
        {
            "float" => ReadFloat(),
            "int" => ReadInt(),
            "bool" => ReadChoices([false, true], isOrdinal: false),
            _ => ReadChoiceList(type == "ordinal"),
        };
        return mistakes.Count == _before ? parameter : null;
    }

    private void ReportForeignKeys(string type)
    {
        string[] allowed = ["type", .. SpaceKeys.Own(type), "default", "prior", "when"];
        foreach (var entry in map.Entries.Where(entry => SpaceKeys.Own("float").Concat(SpaceKeys.Own("ordinal")).Contains(entry.Name)))
        {
            if (!allowed.Contains(entry.Name) && map.Find(entry.Name) is not null)
                mistakes.Add(entry.Key.Place, Paths.Key(path, entry.Name),
                    $"is not for the type {type}; there are {string.Join(", ", allowed)}.");
        }
    }

    private FloatParameter? ReadFloat()
    {
        if (Range(whole: false) is not var (low, high) || Try("low", () => new FloatParameter(name, low, high)) is null)
            return null;
        var scale = Scale();
        if (Try(ScaleKey(), () => new FloatParameter(name, low, high, scale)) is null)
            scale = Attune.Scale.Linear;
        var step = map["step"].Number();
        if (Try("step", () => new FloatParameter(name, low, high, scale, step)) is null)
            step = null;
        var byDefault = Default() is { } value ? NumberOf(value) : null;
        if (Try("default", () => new FloatParameter(name, low, high, scale, step, byDefault)) is null)
            byDefault = null;
        var prior = NumberPrior();
        return Try("prior", () => new FloatParameter(name, low, high, scale, step, byDefault, prior));
    }

    private IntParameter? ReadInt()
    {
        if (Range(whole: true) is not var (lowNumber, highNumber))
            return null;
        var (low, high) = ((long)lowNumber, (long)highNumber);
        if (Try("low", () => new IntParameter(name, low, high)) is null)
            return null;
        var scale = Scale();
        if (Try(ScaleKey(), () => new IntParameter(name, low, high, scale)) is null)
            scale = Attune.Scale.Linear;
        var step = map["step"] is null ? 1 : (long?)Bound("step", whole: true) ?? 1;
        if (Try("step", () => new IntParameter(name, low, high, scale, step)) is null)
            step = 1;
        var byDefault = map["default"] is null ? null : (long?)Bound("default", whole: true);
        if (Try("default", () => new IntParameter(name, low, high, scale, step, byDefault)) is null)
            byDefault = null;
        var prior = NumberPrior();
        return Try("prior", () => new IntParameter(name, low, high, scale, step, byDefault, prior));
    }

    private ChoiceParameter? ReadChoiceList(bool isOrdinal)
    {
        if (map.Find("choices") is not { } entry)
        {
            mistakes.Add(map.Place, Paths.Key(path, "choices"), "is missing; it needs a list of choices.");
            return null;
        }

        var choices = new List<ParameterValue>();
        var items = entry.Value.Items();
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index].Value() is not { } choice)
                continue;
            if (choices.Contains(choice))
                mistakes.Add(items[index].Place, Paths.Item(Paths.Key(path, "choices"), index),
                    $"the choice '{YamlScalar.Shorten(choice.ToString())}' stands twice.");
            choices.Add(choice);
        }

        return mistakes.Count == _before && choices.Count > 0 ? ReadChoices(choices, isOrdinal) : null;
    }

    private ChoiceParameter? ReadChoices(IReadOnlyList<ParameterValue> choices, bool isOrdinal)
    {
        var byDefault = Default();
        if (Try("default", () => Make(choices, isOrdinal, byDefault, null), byDefault is { } value ? Nearest(value, choices)
            : null) is null)
            byDefault = null;
        var prior = WeightPrior();
        return Try("prior", () => Make(choices, isOrdinal, byDefault, prior));
    }

    private ChoiceParameter Make(IReadOnlyList<ParameterValue> choices, bool isOrdinal, ParameterValue? byDefault, Prior? prior) =>
        isOrdinal
        ? new OrdinalParameter(name, choices, byDefault, prior)
        : new CategoricalParameter(name, choices, byDefault, prior);

    internal static string? Nearest(ParameterValue value, IEnumerable<ParameterValue> choices) =>
        NearNames.Nearest(value.ToString(), choices.Select(choice => choice.ToString()));

    private (double Low, double High)? Range(bool whole)
    {
        var (low, high) = (Bound("low", whole), Bound("high", whole));
        return low is { } least && high is { } most ? (least, most) : null;
    }

    /// <summary>A number that must be there; whole for integers.</summary>
    private double? Bound(string key, bool whole)
    {
        if (map.Find(key) is not { } entry)
        {
            mistakes.Add(map.Place, Paths.Key(path, key), $"is missing; it needs {(whole ? "a whole number" : "a number")}.");
            return null;
        }

        if (!whole)
            return entry.Value.Number();
        if (entry.Value.Whole() is { } number && Math.Abs(number) <= 9007199254740992)
            return (double)number;
        var shape = key == "default" ? entry.Value is YamlScalar : entry.Value.Number() is not null;
        if (shape)
            mistakes.Add(entry.Value.Place, Paths.Key(path, key),
                $"needs a whole number within ±2^53, since the type is int, found {Shape.Describe(entry.Value)}.");
        return null;
    }

    private ParameterValue? Default() => map["default"].Value();

    private double? NumberOf(ParameterValue value)
    {
        if (value.IsNumber)
            return value.AsDouble();
        mistakes.Add(map["default"]!.Place, Paths.Key(path, "default"), $"needs a number, found {Shape.Describe(map["default"]!)}.");
        return null;
    }

    private string ScaleKey() => map.Find("scale") is null ? "log" : "scale";

    private Scale Scale()
    {
        var isLog = map["log"].Flag();
        var word = map["scale"].Text();
        if (isLog is not null && word is not null && isLog.Value != (word == "log"))
            mistakes.Add(map.Find("log")!.Key.Place, Paths.Key(path, "log"),
                $"contradicts scale: {YamlScalar.Shorten(word)}; keep one of the two.");
        return word switch
        {
            "log" => Attune.Scale.Log,
            "logit" => Attune.Scale.Logit,
            null when isLog == true => Attune.Scale.Log,
            _ => Attune.Scale.Linear,
        };
    }

    private NormalPrior? NumberPrior()
    {
        if (map["prior"] is not YamlMap prior)
            return null;
        if (prior["weights"] is not null)
        {
            mistakes.Add(prior.Find("weights")!.Key.Place, Paths.Key(path, "prior.weights"),
                "is for choices; a range takes center and spread.");
            return null;
        }

        foreach (var key in (string[])["center", "spread"])
        {
            if (prior[key] is null)
                mistakes.Add(prior.Place, Paths.Key(path, $"prior.{key}"), "is missing; the prior of a range has center and spread.");
        }

        return prior["center"].Number() is { } center && prior["spread"].Number() is > 0 and { } spread ? new(center, spread) : null;
    }

    private WeightPrior? WeightPrior()
    {
        if (map["prior"] is not YamlMap prior)
            return null;
        foreach (var entry in prior.Entries.Where(entry => entry.Name is "center" or "spread"))
            mistakes.Add(entry.Key.Place, Paths.Key(path, $"prior.{entry.Name}"), "is for ranges; choices take weights.");
        var weights = prior["weights"].Items().Select(item => item.Number() ?? -1).ToArray();
        if (prior["weights"] is null && prior.Entries.All(entry => entry.Name is not ("center" or "spread")))
            mistakes.Add(prior.Place, Paths.Key(path, "prior.weights"), "is missing; the prior of choices has weights, one for each.");
        return prior["weights"] is YamlList && weights.All(weight => weight >= 0) ? new([.. weights]) : null;
    }

    private T? Try<T>(string key, Func<T> make, string? suggestion = null)
        where T : Parameter
    {
        try
        {
            return make();
        }
        catch (SpaceException exception)
        {
            var message = exception.Message[(exception.Parameter is null ? 0 : $"Parameter '{name}': ".Length)..];
            var known = message.StartsWith("the default is not legal: ", StringComparison.Ordinal)
                ? message["the default is not legal: ".Length..] : message;
            mistakes.Add(map[key]?.Place ?? map.Place, map[key] is null ? path : Paths.Key(path, key), known, suggestion);
            return null;
        }
    }
}
