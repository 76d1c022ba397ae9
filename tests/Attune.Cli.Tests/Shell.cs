using System.Text.RegularExpressions;
using Attune.Cli.Terminals;

namespace Attune.Cli.Tests;

/// <summary>A working folder of its own in which commands run in this process, with their output caught.</summary>
public sealed partial class Shell : IDisposable
{
    public Shell() => Folder = Directory.CreateTempSubdirectory("attune-cli-").FullName;

    /// <summary>The working folder.</summary>
    public string Folder { get; }

    /// <summary>Variables of the environment.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What a person answers; null when nobody is there.</summary>
    public string? Answer { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Runs a command.</summary>
    /// <param name="words">Its words.</param>
    public async Task<Result> RunAsync(params string[] words)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = new StringReader(Answer ?? ""),
            Folder = Folder,
            Variable = name => Variables.GetValueOrDefault(name),
            IsInputInteractive = Answer is not null,
            Clock = Clock,
        };
        var code = await CommandLine.RunAsync(words, terminal);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed, and gives its output.</summary>
    public async Task<string> OutputOfAsync(params string[] words)
    {
        var result = await RunAsync(words);
        Assert.True(result.Code == 0, $"attune {string.Join(' ', words)} returned {result.Code}: {result.Error}{result.Output}");
        return result.Output;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>A text without what differs from run to run: folders, times, names of workers.</summary>
    public string Scrub(string text)
    {
        text = text.Replace(Folder, "<folder>", StringComparison.Ordinal);
        text = Moment().Replace(text, "2000-01-01 00:00:00");
        text = IsoMoment().Replace(text, "2000-01-01T00:00:00Z");
        text = Seconds().Replace(text, "0.0s");
        text = JsonSeconds().Replace(text, "$1:0.5");
        text = CsvSeconds().Replace(text, "0.5");
        return Worker().Replace(text, "<worker>");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex IsoMoment();

    [GeneratedRegex(@"\b\d\.\ds\b|(?<=\(|in |took |about )\d+s\b|\b\d+m \d\ds\b")]
    private static partial Regex Seconds();

    [GeneratedRegex("(\"(?:alive_)?seconds\"):[0-9.eE-]+")]
    private static partial Regex JsonSeconds();

    [GeneratedRegex(@"(?<=Z,)[0-9.eE-]+$", RegexOptions.Multiline)]
    private static partial Regex CsvSeconds();

    [GeneratedRegex(@"(?<=[,""( ])[0-9a-f]{12}(?=[,"" ])")]
    private static partial Regex Worker();
}
