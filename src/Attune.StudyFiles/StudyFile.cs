using System.Collections.Immutable;
using Attune.Algorithms;
using Attune.Events;
using Attune.Sqlite;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles;

/// <summary>A checked study file: what is optimised, how, by which program, and where the study is kept.</summary>
public sealed class StudyFile
{
    internal StudyFile(string name, string folder, Problem problem, ulong seed, MethodDescriptor sampler, MethodDescriptor scheduler) =>
        (Name, Folder, Problem, Seed, Sampler, Scheduler) = (name, folder, problem, seed, sampler, scheduler);

    /// <summary>The name of the study in its store: <c>name</c>, or the file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The folder of the file, to which its paths are relative; absolute.</summary>
    public string Folder { get; }

    /// <summary>What is optimised.</summary>
    public Problem Problem { get; }

    /// <summary>The seed of every random number that the study uses; 0 by default.</summary>
    public ulong Seed { get; }

    /// <summary>What proposes.</summary>
    public MethodDescriptor Sampler { get; }

    /// <summary>What decides how much resource a trial gets.</summary>
    public MethodDescriptor Scheduler { get; }

    /// <summary>When the study ends; without limit by default.</summary>
    public Budget Budget { get; internal init; } = Budget.Unlimited;

    /// <summary>How often a trial runs again.</summary>
    public RetryPolicy Retries { get; internal init; } = RetryPolicy.Default;

    /// <summary>The program that a trial runs; null when trials are run by hand.</summary>
    public StudyProgram? Program { get; internal init; }

    /// <summary>The SQLite file that holds the study; absolute.</summary>
    public string StorePath { get; internal init; } = "";

    /// <summary>What a finished trial survives; the death of every process by default.</summary>
    public Durability Durability { get; internal init; }

    /// <summary>How many trials run at once: as the file says, or the number of cores of this machine; 1 by default.</summary>
    public int Parallelism => FixedParallelism ?? Environment.ProcessorCount;

    /// <summary>Where programs run; absolute.</summary>
    public string WorkingFolder => Path.GetFullPath(Path.Combine(Folder, Program?.WorkingFolder ?? "."));

    /// <summary>Where each trial gets its own folder; absolute.</summary>
    public string TrialsFolder => Path.GetFullPath(Path.Combine(Folder, Program?.TrialsFolder ?? $"{Name}.trials"));

    internal int? FixedParallelism { get; init; } = 1;

    /// <summary>Reads and checks a file. Whatever the file holds, nothing is thrown: mistakes are in the result.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="methods">The samplers and schedulers that it may name; those that come with Attune by default.</param>
    public static StudyFileResult Load(string path, MethodRegistry? methods = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var mistakes = new MistakeList();
        var bytes = StudyFileBytes.Read(path, mistakes);
        return bytes is null ? new(path, null, mistakes)
            : Read(() => YamlSource.Decode(bytes), path, Path.GetDirectoryName(Path.GetFullPath(path))!, mistakes, methods);
    }

    /// <summary>
    /// Reads and checks a text as if it stood in a file. Whatever it holds, nothing is thrown: mistakes are in the result.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the file that it is taken for, perhaps with a folder, to which paths are relative.</param>
    /// <param name="methods">The samplers and schedulers that it may name; those that come with Attune by default.</param>
    public static StudyFileResult Parse(string text, string name, MethodRegistry? methods = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Read(() => YamlSource.FromText(text), name, Path.GetDirectoryName(Path.GetFullPath(name)) ?? Path.GetFullPath(name), new(),
            methods);
    }

    /// <summary>
    /// What the study is created with. Its attributes hold the program (<see cref="StudyProgram.Attribute"/>), the folder and the
    /// parallelism, so that the study can be resumed or shown without its file.
    /// </summary>
    public StudyDefinition ToDefinition()
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        attributes["folder"] = Folder;
        attributes["parallelism"] = FixedParallelism is { } number ? FormattableString.Invariant($"{number}") : "cores";
        if (Program is not null)
            attributes[StudyProgram.Attribute] = Program.ToJson();
        return new(Problem, Seed, Sampler, Scheduler) { Budget = Budget, Retries = Retries, Attributes = attributes.ToImmutable() };
    }

    private static StudyFileResult Read(Func<YamlSource> open, string name, string folder, MistakeList mistakes, MethodRegistry? methods)
    {
        try
        {
            var file = new StudyReader(open(), mistakes, methods ?? MethodRegistry.Default, Path.GetFileName(name), folder).Read();
            return new(name, mistakes.Count == 0 ? file : null, mistakes);
        }
        catch (YamlTextException exception)
        {
            mistakes.Add(exception.Place, "", exception.Message);
            return new(name, null, mistakes);
        }
    }
}
