using System.CommandLine;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.StudyFiles;

namespace Attune.Cli.Commands;

/// <summary><c>attune init</c>: writes a first study file.</summary>
internal static class InitCommand
{
    internal static Command Create(Terminal terminal)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The program and its arguments, after --, as in: attune init -- python train.py --rate 0.01"
        };
        var line = new Option<string?>("--command", "-c") { HelpName = "TEXT", Description = "The program and its arguments as one text." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "The name of the study." };
        var metric = new Option<string>("--metric")
        {
            HelpName = "NAME", Description = "The metric that the program reports.",
            DefaultValueFactory = _ => "loss"
        };
        var maximize = new Option<bool>("--maximize") { Description = "Large values of the metric are better; otherwise small ones." };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE", Description = "The file to write.",
            DefaultValueFactory = _ => "study.yaml"
        };
        var force = new Option<bool>("--force") { Description = "Replaces a file that exists." };
        var command = new Command("init", "Writes a commented study file for a program, to be edited.") { words, line, name, metric,
            maximize, output, force };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(output)!;
            var given = parsed.GetValue(words)!;
            var draft = new StudyFileDraft(given.Length > 0 ? given
                : CommandWords.Split(parsed.GetValue(line) ?? "python train.py --rate 0.01"))
            {
                Name = parsed.GetValue(name), Metric = parsed.GetValue(metric)!, Direction = parsed.GetValue(maximize) ? Direction.Maximize
                    : Direction.Minimize,
            };
            if (given.Length > 0 && parsed.GetValue(line) is not null)
                throw CommandException.WrongInput("give the program by --command or after --, not both");
            await WriteAsync(terminal, path, Template(draft, path), parsed.GetValue(force), cancellationToken);
            terminal.Out.WriteLine(Plain.Line($"wrote {path}; correct the ranges in it, then: attune doctor {path}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Template(StudyFileDraft draft, string path)
    {
        try
        {
            var text = StudyFileTemplate.Write(draft);
            var mistakes = StudyFile.Parse(text, path).Mistakes;
            return mistakes.Count == 0 ? text
                : throw CommandException.WrongInput([.. mistakes.Select(mistake => $"{Option(mistake.Path)} {mistake.Message}")]);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.WrongInput(exception.Message);
        }
    }

    /// <summary>The option that a key of the file comes from.</summary>
    private static string Option(string key) => key switch
    {
        "minimize" or "maximize" => "--metric",
        "name" => "--name",
        _ => $"{key}:",
    };

    private static async Task WriteAsync(Terminal terminal, string path, string text, bool mayReplace, CancellationToken cancellationToken)
    {
        var full = terminal.PathOf(path);
        if (Directory.Exists(full))
            throw CommandException.WrongInput($"'{path}' is a folder; name a file by --output");
        if (!mayReplace && File.Exists(full))
            throw CommandException.WrongInput($"the file '{path}' exists already; name another by --output, or replace it by --force");
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text, cancellationToken);
    }
}
