using Attune.StudyFiles.Reading;

namespace Attune.StudyFiles;

/// <summary>A study file, or everything that is wrong with it.</summary>
public sealed class StudyFileResult
{
    internal StudyFileResult(string name, StudyFile? file, MistakeList mistakes) =>
        (Name, File, Mistakes, Warnings) = (name, file, mistakes.Mistakes(), mistakes.Warnings());

    /// <summary>The path or name of the file as it was given, for messages.</summary>
    public string Name { get; }

    /// <summary>The study; null when there is any mistake.</summary>
    public StudyFile? File { get; }

    /// <summary>Every mistake, in the order of the file, at most 100; empty when the file is legal.</summary>
    public IReadOnlyList<StudyFileMistake> Mistakes { get; }

    /// <summary>What is legal but probably not meant, in the order of the file, at most 100.</summary>
    public IReadOnlyList<StudyFileMistake> Warnings { get; }
}
