using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Collects what is wrong and what is doubtful, so that a person sees all of it at once.</summary>
internal sealed class MistakeList
{
    /// <summary>More than anybody reads; a file with more of them is another kind of file.</summary>
    private const int Most = 100;

    private readonly List<StudyFileMistake> _mistakes = [];
    private readonly List<StudyFileMistake> _warnings = [];

    private readonly HashSet<string> _supposed = new(StringComparer.Ordinal);

    internal int Count => _mistakes.Count;

    internal void Add(YamlPlace place, string path, string message, string? suggestion = null) =>
        Add(_mistakes, place, path, message, suggestion);

    internal void Warn(YamlPlace place, string path, string message) => Add(_warnings, place, path, message, null);

    /// <summary>Takes note that a misspelt key probably means this one, which therefore is not missing.</summary>
    internal void Suppose(string path) => _supposed.Add(path);

    /// <summary>Whether a key that is not there was probably meant by a misspelt one.</summary>
    internal bool IsSupposed(string path) => _supposed.Contains(path);

    internal IReadOnlyList<StudyFileMistake> Mistakes() => InOrder(_mistakes);

    internal IReadOnlyList<StudyFileMistake> Warnings() => InOrder(_warnings);

    private static void Add(List<StudyFileMistake> list, YamlPlace place, string path, string message, string? suggestion)
    {
        var mistake = new StudyFileMistake(place.Line, place.Column, path, message, suggestion);
        if (list.Count < Most && !list.Contains(mistake))
            list.Add(mistake);
    }

    private static IReadOnlyList<StudyFileMistake> InOrder(List<StudyFileMistake> list) =>
        [.. list.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)];
}
