using System.CommandLine;
using System.CommandLine.Help;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Comparison;
using Attune.Problems;

namespace Attune.Cli.Commands;

/// <summary><c>attune bench</c>: compares methods on benchmark problems.</summary>
internal static class BenchCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new Command("bench", "Compares methods on benchmark problems.")
        {
            BenchRunCommand.Create(terminal), Report(terminal),
            BenchTimesCommand.Create(terminal), List(terminal), Check(terminal), Serve(terminal),
        };
        command.SetAction(parsed =>
        {
            new HelpAction().Invoke(parsed);
            return ExitCode.WrongInput;
        });
        return command;
    }

    private static Command Report(Terminal terminal)
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore, Description = "Files of results, of Attune and of other systems.",
        };
        var baselines = new Option<string?>("--baselines")
        {
            HelpName = "FILE", Description = "A file of peers' summaries and best known values.",
        };
        var output = new Option<string>("--out")
        {
            HelpName = "FOLDER", Required = true, Description = "The folder to write; it is made when it is missing.",
        };
        var evaluator = Evaluator();
        var command = new Command("report", "Writes tables and figures of results.") { files, baselines, output, evaluator };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var lines = new List<TrialLine>();
            foreach (var file in parsed.GetValue(files)!)
                lines.AddRange(ResultFile.Read(Existing(terminal, file)));
            var peers = parsed.GetValue(baselines) is { } path ? Baselines.Read(Existing(terminal, path)) : Baselines.None;
            if (File.Exists(terminal.PathOf(parsed.GetValue(output)!)))
                throw CommandException.WrongInput($"'{parsed.GetValue(output)}' is a file; name a folder to write");
            await using var source = await OpenAsync(parsed.GetValue(evaluator), 1, cancellationToken);
            var known = await ProblemSelection.SelectAsync(source, ["*"], cancellationToken);
            var report = ComparisonReport.Of(lines, peers, known);
            var figures = Plugins.Load<IFigureWriter>(Plugins.DefaultFolder);
            report.Write(terminal.PathOf(parsed.GetValue(output)!), figures.Count > 0 ? figures[0] : null);
            terminal.Out.Write(report.Summary);
            terminal.Out.WriteLine(Plain.Line($"the report is in {parsed.GetValue(output)}/report.md"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var evaluator = Evaluator();
        var command = new Command("list", "Lists the problems that there are.") { evaluator };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var source = await OpenAsync(parsed.GetValue(evaluator), 1, cancellationToken);
            var table = new TextTable(
                new("problem"), new("group"), new("parameters", IsNumber: true), new("best known", IsNumber: true), new("fidelity"),
                new("objectives"));
            foreach (var problem in await ProblemSelection.SelectAsync(source, ["*"], cancellationToken))
            {
                table.Add(
                    problem.Name, problem.Group, Figures.Count(problem.Problem.Space.Dimensions), Figures.Short(problem.BestKnown?.Value),
                    FidelityOf(problem),
                    string.Join(", ", problem.Problem.Objectives.Select(objective => objective.Metric)));
            }

            table.Write(terminal.Out, 0);
            return ExitCode.Done;
        });
        return command;
    }

    private static string FidelityOf(BenchmarkProblem problem) => problem.Problem.Fidelity is { } fidelity
        ? $"{fidelity.Name} {Figures.Short(fidelity.Low)}..{Figures.Short(fidelity.High)}" : "";

    private static Command Check(Terminal terminal)
    {
        var evaluator = Evaluator();
        evaluator.Required = true;
        var points = Inputs.Whole("--points", 1, "Configurations a problem; 20 by default.", 1_000_000);
        var command = new Command("check", "Compares an evaluator's problems with Attune's own of the same names, point by point.")
        {
            evaluator, points,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var own = Plugins.OpenProblems(Plugins.DefaultFolder);
            await using var other = await OpenAsync(parsed.GetValue(evaluator), 1, cancellationToken);
            var table = new TextTable(
                new("problem"), new("points", IsNumber: true), new("largest difference", IsNumber: true), new("metric"));
            foreach (var name in own.Names.Intersect(other.Names))
            {
                var agreement = await ProblemAgreement.OfAsync(
                    await own.OpenAsync(name, cancellationToken), await other.OpenAsync(name, cancellationToken),
                    parsed.GetValue(points) ?? 20, cancellationToken);
                table.Add(
                    name, Figures.Count(agreement.Points), Figures.Short(agreement.LargestDifference),
                    agreement.LargestDifference == 0 ? "" : agreement.Metric);
            }

            table.Write(terminal.Out, 0);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Serve(Terminal terminal)
    {
        var command = new Command(
            "serve", "Serves the problems to other programs by the evaluator protocol, on standard input and output.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var source = Plugins.OpenProblems(Plugins.DefaultFolder);
            await new EvaluatorServer(source).ServeAsync(terminal.In, terminal.Out, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    internal static Option<string> Methods() => new("--methods")
    {
        HelpName = "LIST", Required = true,
        Description = "Samplers, separated by commas, with options after colons: random,gp-ucb:delta=0.05",
    };

    internal static Option<string> Problems() => new("--problems")
    {
        HelpName = "LIST", Required = true,
        Description = "Problems, groups and patterns, separated by commas: branin,noisy,lcbench/*",
    };

    internal static Option<string?> Evaluator() => new("--evaluator")
    {
        HelpName = "COMMAND",
        Description = "A program that serves problems by the evaluator protocol, with its arguments, in place of Attune's own problems.",
    };

    internal static async Task<IProblemSource> OpenAsync(string? evaluator, int processes, CancellationToken cancellationToken) =>
        evaluator is null
        ? Plugins.OpenProblems(Plugins.DefaultFolder)
        : await ExternalProblemSource.StartAsync(CommandWords.Split(evaluator), processes, cancellationToken);

    private static string Existing(Terminal terminal, string path) => File.Exists(terminal.PathOf(path))
        ? terminal.PathOf(path)
        : throw CommandException.NotFound($"there is no file '{path}'");

    internal static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
