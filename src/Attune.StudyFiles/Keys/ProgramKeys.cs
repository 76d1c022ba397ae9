namespace Attune.StudyFiles.Keys;

/// <summary>The keys that say which program a trial runs.</summary>
internal static class ProgramKeys
{
    internal const string VariablePattern = "^[A-Za-z_][A-Za-z0-9_]*$";

    /// <summary>The longest time that a program can be waited for.</summary>
    private const int MostDays = 49;

    internal static Key[] All() =>
    [
        new("command", Command(),
            "The program that a trial runs, with {placeholders} for values and [--option {value}] "
            + "for what is left out when a parameter does not apply. No shell reads it."),
        new("setup", Command(), "A command that runs once before the first trial, such as a build."),
        new("final", Command(),
            "A command that runs at the end with the best configuration; what it reports, such as a test score, "
            + "is shown and never searched by. {command} stands for the whole command."),
        new("environment", new NamedShape(
                new TextShape("a text", mayBeBlank: true), "a mapping from variables to texts", VariablePattern,
                "of the letters a to z, digits and _, not beginning with a digit", mayBeNull: true),
            "Variables of the environment to set, with placeholders; to remove where the value is empty. "
            + "One that names a parameter that does not apply is not set."),
        new("working_folder", new TextShape("the path of a folder"), "Where programs run, relative to the study file.",
            "the folder of the study file"),
        new("time_limit", new TimeShape(MostDays), "How long a trial may run before it is ended and fails.", "no limit"),
        new("grace", new TimeShape(MostDays), "How long a program may take to end after the polite signal before it is killed.", "10s"),
        new("metrics", new NamedShape(new TextShape("a regular expression with one group, such as 'loss = (\\S+)'"),
            "a mapping from metrics to regular expressions", null, "the name of a metric"),
            "For programs that cannot be changed: regular expressions whose one group holds the number; the last match counts."),
        new("trials_folder", new TextShape("the path of a folder"),
            "Where each trial gets its own folder for logs and checkpoints, relative to the study file.",
            "<name>.trials beside the study file"),
    ];

    private static AnyShape Command() => new(
        new TextShape("a command line"),
        new ListShape(
            new AnyShape(new TextShape("an argument", mayBeBlank: true),
                new ListShape(new TextShape("an argument", mayBeBlank: true), "a list of arguments that are left out together")),
            "a list of arguments"));
}
