using Attune.Cli.Errors;
using Attune.Cli.Terminals;
using Attune.Internal;
using Attune.StudyFiles;

namespace Attune.Cli.Stores;

/// <summary>Reads study files that a person named, and reports every mistake with its place.</summary>
internal static class StudyFileReading
{
    /// <summary>The name of the study file where a person names none.</summary>
    internal const string UsualName = "study.yaml";

    /// <summary>The usual study file, when it is there; null otherwise.</summary>
    internal static string? Usual(Terminal terminal) => File.Exists(terminal.PathOf(UsualName)) ? UsualName : null;

    /// <summary>Whether a word that may name a study is a study file.</summary>
    internal static bool IsStudyFile(Terminal terminal, string word) => LooksLikeStudyFile(word) && File.Exists(terminal.PathOf(word));

    /// <summary>Whether a word has the name of a study file, which may or may not be there.</summary>
    internal static bool LooksLikeStudyFile(string word) => Path.GetExtension(word).ToLowerInvariant() is ".yaml" or ".yml";

    /// <summary>Reads a file; warnings go to the error output.</summary>
    /// <exception cref="CommandException">It is not there, or not legal.</exception>
    internal static StudyFile Load(Terminal terminal, string path)
    {
        var result = Read(terminal, path);
        foreach (var warning in result.Warnings)
            terminal.Error.WriteLine($"attune: warning: {Line(path, warning)}");
        return result.File ?? throw CommandException.WrongInput([.. result.Mistakes.Select(mistake => Line(path, mistake))]);
    }

    /// <summary>Reads a file, whatever it holds.</summary>
    /// <exception cref="CommandException">It is not there.</exception>
    internal static StudyFileResult Read(Terminal terminal, string path)
    {
        var full = terminal.PathOf(path);
        if (Directory.Exists(full))
            throw CommandException.WrongInput($"'{path}' is a folder; name the study file in it{InFolder(full, path)}");
        return File.Exists(full) ? StudyFile.Load(full) : throw Missing(terminal, path);
    }

    /// <summary>The mistake of naming a study file that is not there.</summary>
    internal static CommandException Missing(Terminal terminal, string path)
    {
        var full = terminal.PathOf(path);
        var folder = Path.GetDirectoryName(full)!;
        var names = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)!) : [];
        return CommandException.NotFound(
            $"there is no file '{path}'.{NearNames.Question(Path.GetFileName(full), names)} A new one is written by: attune init");
    }

    /// <summary>A mistake as compilers write it, so that editors can jump to it.</summary>
    internal static string Line(string path, StudyFileMistake mistake)
    {
        var keys = mistake.Path.Length == 0 ? "" : $"{mistake.Path}: ";
        var question = mistake.Suggestion is null ? "" : $" Did you mean '{mistake.Suggestion}'?";
        return FormattableString.Invariant($"{path}:{mistake.Line}:{mistake.Column}: {keys}{mistake.Message}{question}");
    }

    private static string InFolder(string full, string path)
    {
        var file = Directory.EnumerateFiles(full, "*.y*ml").Order(StringComparer.Ordinal).Select(Path.GetFileName).FirstOrDefault();
        return file is null ? "" : $", such as {Path.Combine(path, file)}";
    }
}
