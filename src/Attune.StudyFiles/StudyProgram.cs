using System.Collections.Immutable;

namespace Attune.StudyFiles;

/// <summary>The program of a study: what a trial runs, and how. Paths are as the study file has them, relative to its folder.</summary>
/// <param name="Command">What a trial runs.</param>
public sealed record StudyProgram(StudyCommand Command)
{
    /// <summary>The name of the attribute of <see cref="Events.StudyDefinition.Attributes"/> that holds <see cref="ToJson"/>.</summary>
    public const string Attribute = "program";

    /// <summary>How long a program may take to end after the polite signal, by default: 10 s.</summary>
    public static TimeSpan DefaultGrace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What runs once before the first trial; null for nothing. It holds no placeholders.</summary>
    public StudyCommand? Setup { get; init; }

    /// <summary>What runs at the end with the best configuration; null for nothing. The search never sees what it reports.</summary>
    public StudyCommand? Final { get; init; }

    /// <summary>
    /// Variables of the environment to set, or to remove where the value is null. Values may hold placeholders, as one argument of a
    /// command does; a variable that names a value which is missing (an inactive parameter) is not set.
    /// </summary>
    public ImmutableSortedDictionary<string, string?> Environment { get; init; } = ImmutableSortedDictionary.Create<string,
        string?>(StringComparer.Ordinal);

    /// <summary>Where programs run; null for the folder of the study file.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Where each trial gets its own folder; null for <c>name.trials</c> beside the study file.</summary>
    public string? TrialsFolder { get; init; }

    /// <summary>How long a trial may run; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How long a program may take to end after the polite signal.</summary>
    public TimeSpan Grace { get; init; } = DefaultGrace;

    /// <summary>
    /// Regular expressions with one group by metric, for programs that cannot be changed; empty for programs that report by themselves.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Metrics { get; init; } = ImmutableSortedDictionary.Create<string,
        string>(StringComparer.Ordinal);

    /// <summary>The program as a canonical JSON object, by which a study can be resumed or shown without its file.</summary>
    public string ToJson() => StudyProgramJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">A JSON object.</param>
    /// <exception cref="System.Text.Json.JsonException">It is not the JSON of a program.</exception>
    public static StudyProgram FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StudyProgramJson.Read(json);
    }

    /// <inheritdoc/>
    public bool Equals(StudyProgram? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => Command.GetHashCode();
}
