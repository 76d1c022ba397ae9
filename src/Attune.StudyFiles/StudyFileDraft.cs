namespace Attune.StudyFiles;

/// <summary>What is known of a study before its file is written.</summary>
/// <param name="Command">The program and its arguments, as a person starts it. Placeholders such as <c>{rate}</c> may stand in it
/// already.</param>
public sealed record StudyFileDraft(IReadOnlyList<string> Command)
{
    /// <summary>The name of the study; null for the name of the file.</summary>
    public string? Name { get; init; }

    /// <summary>The metric that the program reports; <c>loss</c> by default.</summary>
    public string Metric { get; init; } = "loss";

    /// <summary>Which way the metric is better; small is, by default.</summary>
    public Direction Direction { get; init; } = Direction.Minimize;

    /// <summary>
    /// Parameters by name, in the short form of the study file, such as <c>float(1e-5, 0.1, log)</c>. The other parameters are guessed from
    /// the command: those that stand in placeholders, and without any, options with a number or a truth value.
    /// </summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
