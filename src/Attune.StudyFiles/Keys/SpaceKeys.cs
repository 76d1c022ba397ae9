namespace Attune.StudyFiles.Keys;

/// <summary>The shape of a parameter.</summary>
internal static class SpaceKeys
{
    /// <summary>The names that a placeholder can hold.</summary>
    internal const string NamePattern = @"^[\p{L}\p{Nd}_./:-]{1,100}$";

    internal const string NameAllowed = "of letters, digits and _ - . / : (at most 100), since placeholders name it";

    internal static readonly AnyShape Values = new(new ValueShape(), new ListShape(new ValueShape(), "a list of values"));

    internal static readonly WordShape Types = new TypeShape();

    internal static readonly MapShape LongForm = new("a mapping such as {type: float, low: 0, high: 1}", Keys());

    /// <summary>The keys that fit a type, besides <c>type</c>, <c>default</c>, <c>prior</c> and <c>when</c>.</summary>
    internal static IReadOnlyList<string> Own(string type) => type switch
    {
        "float" or "int" => ["low", "high", "scale", "log", "step"],
        "bool" => [],
        _ => ["choices"],
    };

    internal static AnyShape Parameter() => new(
        new TextShape("a range such as float(1e-5, 0.1, log) or int(1, 8)"),
        new ListShape(new ValueShape(), "a list of choices"),
        LongForm);

    private static Key[] Keys() =>
    [
        new("type", Types, "What the parameter is; categorical when there are choices, otherwise it is required."),
        new("low", new NumberShape(), "float and int: the smallest value."),
        new("high", new NumberShape(), "float and int: the largest value."),
        new("scale", new WordShape("linear", "log", "logit"), "float and int: log where ratios matter, logit for shares near 0 and 1.",
            "linear"),
        new("log", new FlagShape(), "float and int: true is short for scale: log.", "false"),
        new("step", new NumberShape(above: 0), "float and int: values lie at low, low + step, and so on.", "every number; 1 for int"),
        new("choices", new ListShape(new ValueShape(), "a list of choices"),
            "categorical and ordinal: the values, ascending when ordinal."),
        new("default", new ValueShape(), "The value that stands for 'as usual'.", "the middle of the range; the first choice; false"),
        new("prior", new MapShape("a mapping such as {center: 0.01, spread: 0.2} or {weights: [3, 1]}", Prior()),
            "What is believed of good values before any trial ran."),
        new("when", new AnyShape(
                new TextShape("a condition such as model == 'svm'"),
                new NamedShape(Values, "a mapping such as {model: svm}", null, "the name of a parameter")),
            "The condition under which the parameter exists: an expression, or a mapping from a parameter to a value or a list of values.",
                "always"),
    ];

    private static Key[] Prior() =>
    [
        new("center", new NumberShape(), "float and int: the most likely value."),
        new("spread", new NumberShape(above: 0),
            "float and int: the standard deviation as a share of the range on its scale; 0.1 is confident, 0.5 vague."),
        new("weights", new ListShape(new NumberShape(atLeast: 0), "a list of weights"),
            "Choices: one weight for each, in their order (bool: false, true)."),
    ];
}
