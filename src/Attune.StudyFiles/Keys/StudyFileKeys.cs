using Attune.Algorithms;

namespace Attune.StudyFiles.Keys;

/// <summary>All keys of the study file; the reader and the schema for editors work from this one table.</summary>
internal static class StudyFileKeys
{
    internal const string DefaultSampler = "auto";
    internal const string DefaultScheduler = "run-to-completion";
    internal const string StudyNamePattern = @"^[\p{L}\p{Nd}][\p{L}\p{Nd} ._-]{0,99}$";

    internal static MapShape For(MethodRegistry methods) => new(
        "a mapping of keys such as objectives, space and command",
        [.. General(), .. ProblemKeys.All(), .. Search(methods), .. ProgramKeys.All(), .. Storage()]);

    private static Key[] General() =>
    [
        new("name", new TextShape("a name of letters, digits, blanks and . _ - (at most 100), beginning with a letter or digit",
            StudyNamePattern),
            "The name of the study in its store.", "the name of the file without its ending"),
        new("seed", new WholeShape(0, ulong.MaxValue),
            "The seed of every random number that the study uses: the same file gives the same proposals.", "0"),
    ];

    private static Key[] Search(MethodRegistry methods) =>
    [
        new("sampler", new MethodShape("sampler", methods.Samplers),
            "What proposes configurations: a word, or a mapping with name and options.", DefaultSampler),
        new("scheduler", new MethodShape("scheduler", methods.Schedulers),
            "What decides how much resource a trial gets: a word, or a mapping with name and options.", DefaultScheduler),
        new("budget", new MapShape("a mapping such as {trials: 50, time: 10m}", Budget()),
            "When the study ends: at the first limit that is reached. Limits hold for the whole study, however often it is resumed.",
                "no limit"),
        new("retries", new MapShape("a mapping such as {lost: 20, failed: 1}", Retries()), "How many attempts a trial has in all."),
        new("parallelism", new AnyShape(new WholeShape(1, RunOptions.MaximumParallelism), new WordShape("cores")),
            "How many trials run at once; cores is as many as the machine has.", "1"),
    ];

    private static Key[] Budget() =>
    [
        new("trials", new WholeShape(1, int.MaxValue),
            "How many trials; a trial counts once, whatever its attempts, and also when it fails."),
        new("time", new TimeShape(), "How long, counted while any worker is alive."),
        new("resource", new NumberShape(above: 0), "How much of the first fidelity, over all trials."),
        new("cost", new NumberShape(above: 0), "How much cost over all trials, in units of cost_metric (seconds where there is none)."),
        new("consecutive_failures", new WholeShape(1, int.MaxValue), "How many failed trials in a row."),
        new("trials_without_improvement", new WholeShape(1, int.MaxValue), "How many finished trials without an improvement of the best."),
        new("stop_at_target", new FlagShape(), "Whether the study ends when every objective that names a target has reached it.", "true"),
        new("drain_at_target", new FlagShape(), "Whether trials that still run then may end by themselves; otherwise they are cancelled.",
            "false"),
    ];

    private static Key[] Retries() =>
    [
        new("lost", new WholeShape(1, 1000), "Attempts of a trial whose worker is lost.", "20"),
        new("failed", new WholeShape(1, 1000), "Attempts of a trial that fails by itself; 1 means none again.", "1"),
    ];

    private static Key[] Storage() =>
    [
        new("store", new TextShape("the path of a file"), "The SQLite file that holds the study, relative to the study file.",
            "<name>.db beside the study file"),
        new("durability", new WordShape("process", "power"),
            "What a finished trial survives: process is the death of every process, power also the loss of power (slower).", "process"),
    ];
}
