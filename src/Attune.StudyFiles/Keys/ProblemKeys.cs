namespace Attune.StudyFiles.Keys;

/// <summary>The keys that say what is optimised: objectives, constraints, space, fidelities.</summary>
internal static class ProblemKeys
{
    private static readonly TextShape Metric = new("the name of a metric");

    internal static Key[] All() =>
    [
        new("minimize", Metric, "The metric to make small; short for one objective."),
        new("maximize", Metric, "The metric to make large; short for one objective."),
        new("objectives", new ListShape(new MapShape("a mapping such as {metric: loss, direction: minimize}", Objective()),
            "a list of objectives"),
            "The metrics to minimise or maximise, when there are several or more is to be said of one."),
        new("constraints", new ListShape(new MapShape("a mapping such as {metric: latency, at_most: 20}", Constraint()),
            "a list of constraints"),
            "Bounds on metrics that are known only after a trial; a trial that violates one is never the best."),
        new("space", new NamedShape(SpaceKeys.Parameter(), "a mapping from the names of parameters to their ranges or choices",
            SpaceKeys.NamePattern, SpaceKeys.NameAllowed),
            "The parameters and what values they can have.", IsRequired: true),
        new("forbidden", new ListShape(
                new AnyShape(
                    new TextShape("a condition such as model == 'svm' and rank > 500"),
                    new NamedShape(SpaceKeys.Values, "a mapping such as {model: svm, rank: 16}", null, "the name of a parameter")),
                "a list of conditions"),
            "Combinations that are never tried: conditions, or mappings from parameters to values."),
        new("input_constraints", new ListShape(new TextShape("a rule such as batch * width <= 65536"), "a list of rules"),
            "Rules that every configuration obeys."),
        new("fidelity", FidelityShape(), "A resource of which a trial may get more or less, such as epochs."),
        new("fidelities", new ListShape(FidelityShape(), "a list of fidelities"), "The same for several; schedulers work with the first."),
        new("cost_metric", Metric, "The metric that says what a trial cost.", "the elapsed seconds"),
        new("instances", new ListShape(new TextShape("a name"), "a list of names"),
            "Folds, seeds or data sets over which a configuration is evaluated."),
    ];

    private static Key[] Objective() =>
    [
        new("metric", Metric, "The name of the metric that the program reports.", IsRequired: true),
        new("direction", new WordShape("minimize", "maximize"), "Which way it is better.", IsRequired: true),
        new("target", new NumberShape(), "The value at which the study is content."),
        new("noise", new AnyShape(
                new WordShape("unknown", "deterministic", "reported"),
                new MapShape("a mapping such as {variance: 0.01}",
                    new Key("variance", new NumberShape(atLeast: 0), "The variance of the noise.", IsRequired: true))),
            "What is known of its noise: nothing, that there is none, that every measurement brings its standard error, or its variance.",
                "unknown"),
        new("reduction", new WordShape("last", "best", "at-full-fidelity", "mean-over-instances"),
            "How the measurements of a trial become its value.", "last"),
        new("reference_point", new NumberShape(), "With several objectives: the worst value that still counts (for the hypervolume).",
            "chosen by the sampler"),
    ];

    private static Key[] Constraint() =>
    [
        new("metric", Metric, "The name of the metric that the program reports.", IsRequired: true),
        new("at_most", new NumberShape(), "The largest allowed value."),
        new("at_least", new NumberShape(), "The smallest allowed value."),
    ];

    private static MapShape FidelityShape() => new(
        "a mapping such as {name: epochs, low: 1, high: 100}",
        new Key("name", new TextShape("a name of letters, digits and _ - .", NamePattern),
            "The name; programs report it beside their metrics.", IsRequired: true),
        new Key("low", new NumberShape(above: 0), "The least that a trial may get.", IsRequired: true),
        new Key("high", new NumberShape(above: 0), "Full fidelity.", IsRequired: true),
        new Key("unit", new TextShape("a word"), "The unit for people.", "the name"),
        new Key("scale", new WordShape("log", "linear"), "The scale on which amounts compare.", "log"),
        new Key("integer", new FlagShape(), "Whether amounts are whole numbers.", "true"),
        new Key("resumable", new FlagShape(), "Whether a trial goes on from its checkpoint when it gets more; otherwise it starts again.",
            "true"));

    private const string NamePattern = @"^[\p{L}\p{Nd}_.-]{1,100}$";
}
