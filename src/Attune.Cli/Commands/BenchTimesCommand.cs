using System.CommandLine;
using System.Globalization;
using Attune.Algorithms;
using Attune.Cli.Benchmarks;
using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Parsing;
using Attune.Cli.Terminals;
using Attune.Comparison;
using Attune.Problems;

namespace Attune.Cli.Commands;

/// <summary><c>attune bench times</c>: what suggestions cost after many trials.</summary>
internal static class BenchTimesCommand
{
    private const int MostTrials = 10_000_000;

    internal static Command Create(Terminal terminal)
    {
        var (methods, problems, evaluator) = (BenchCommand.Methods(), BenchCommand.Problems(), BenchCommand.Evaluator());
        var trials = new Option<string>("--trials")
        {
            HelpName = "LIST", Description = "After how many trials to measure; 10,100,1000 by default.",
            DefaultValueFactory = _ => "10,100,1000",
        };
        var suggestions = Inputs.Whole("--suggestions", 1, "Suggestions to measure each time; 30 by default.", 1_000_000);
        var trialTime = Inputs.Time("--trial-time", "How long a trial takes, which nobody waits for; 10s by default.");
        var json = Inputs.Json("One JSON line for each method, problem and number of trials.");
        var command = new Command("times", "Measures what suggestions cost after many trials, in time and memory.")
        {
            methods, problems, trials, suggestions, trialTime, evaluator, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = BenchmarkMethod.ParseList(parsed.GetValue(methods)!, MethodRegistry.Default);
            var numbers = BenchCommand.Words(parsed.GetValue(trials)!).Select(Number).ToArray();
            await using var source = await BenchCommand.OpenAsync(parsed.GetValue(evaluator), 1, cancellationToken);
            var words = BenchCommand.Words(parsed.GetValue(problems)!);
            var plan = new SuggestionPlan(chosen, await ProblemSelection.SelectAsync(source, words, cancellationToken), numbers)
            {
                Suggestions = parsed.GetValue(suggestions) ?? 30,
                TrialTime = parsed.GetValue(trialTime) ?? TimeSpan.FromSeconds(10),
            };
            var table = parsed.GetValue(json) ? null : TimesTable.Begin(terminal.Out, plan);
            await foreach (var times in plan.RunAsync(cancellationToken))
            {
                if (table is null)
                    JsonLines.Write(terminal.Out, SuggestionTimesJson.Of(times));
                else
                    table.Add(times);
                terminal.Out.Flush();
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 2 and <= MostTrials
            ? number
            : throw CommandException.WrongInput(
                $"--trials holds '{text}'; allowed are whole numbers from 2 to {MostTrials.ToString(CultureInfo.InvariantCulture)}, "
                + "separated by commas");
}
