using System.CommandLine;
using Attune.Algorithms;
using Attune.Cli.Benchmarks;
using Attune.Cli.Errors;
using Attune.Cli.Parsing;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Comparison;
using Attune.Problems;

namespace Attune.Cli.Commands;

/// <summary><c>attune bench run</c>: whole trials, or training runs in simulated time.</summary>
internal sealed class BenchRunCommand
{
    private const string FidelityName = "--fidelity";
    private const string ResourceName = "--resource-budget";

    private readonly Terminal _terminal;
    private readonly Option<string> _methods = BenchCommand.Methods();
    private readonly Option<string> _problems = BenchCommand.Problems();
    private readonly Option<int?> _trials = Inputs.Whole("--trials", 1, "Trials a run; 100 by default.", 1_000_000);
    private readonly Option<string> _seeds = new("--seeds")
    {
        HelpName = "LIST", Description = "Seeds and ranges of seeds; 0-9 by default.", DefaultValueFactory = _ => "0-9",
    };

    private readonly Option<string> _output = new("--out")
    {
        HelpName = "FILE", Required = true,
        Description = "The file of results, one JSON line a trial; runs that it holds are not run again.",
    };

    private readonly Option<int?> _jobs = Inputs.Whole("--jobs", 1, "Runs at a time; 1 by default, for times that compare.", 1_000);
    private readonly Option<int?> _pending = Inputs.Whole(
        "--pending", 1, "Trials of a run that are pending at a time, as with that many workers; 1 by default.", 10_000);

    private readonly Option<string?> _evaluator = BenchCommand.Evaluator();
    private readonly Option<bool> _fidelity = new(FidelityName)
    {
        Description = "Trials are training runs in simulated time, of which a scheduler gives each more or less: --methods random+asha",
    };

    private readonly Option<double?> _resource = Positive(ResourceName, "How much resource a run spends in all, such as epochs.");
    private readonly Option<int?> _workers = Inputs.Whole(
        "--workers", 1, "Simulated workers of a run; 1 by default.", RunOptions.MaximumParallelism);

    private readonly Option<double?> _stragglers = Share("--stragglers", "The share of trials that take ten times as long; 0 by default.");
    private readonly Option<double?> _failures = Share("--failures", "The share of runs of trials that fail; 0 by default.");
    private readonly Option<double?> _preemptions = Share("--preemptions", "The share of runs that are given back; 0 by default.");

    private BenchRunCommand(Terminal terminal) => _terminal = terminal;

    internal static Command Create(Terminal terminal)
    {
        var run = new BenchRunCommand(terminal);
        var command = new Command("run", "Runs methods on problems.")
        {
            run._methods, run._problems, run._trials, run._seeds, run._output, run._jobs, run._pending, run._fidelity, run._resource,
            run._workers, run._stragglers, run._failures, run._preemptions, run._evaluator,
        };
        command.SetAction((parsed, _) => run.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = _terminal.CatchSignals?.Invoke();
        var cancellationToken = interruption?.Polite ?? CancellationToken.None;
        var (path, parallel) = (parsed.GetValue(_output)!, parsed.GetValue(_jobs) ?? 1);
        if (Directory.Exists(_terminal.PathOf(path)) || !Directory.Exists(Path.GetDirectoryName(_terminal.PathOf(path))))
            throw CommandException.WrongInput($"the results cannot be written to '{path}': it must be a file in a folder that exists");
        CheckWords(parsed);
        var isOfFidelity = parsed.GetValue(_fidelity);
        var methods = isOfFidelity
            ? BenchmarkMethod.ParseScheduledList(parsed.GetValue(_methods)!, MethodRegistry.Default)
            : BenchmarkMethod.ParseList(parsed.GetValue(_methods)!, MethodRegistry.Default);
        var seeds = SeedList.Parse(parsed.GetValue(_seeds)!);
        await using var source = await BenchCommand.OpenAsync(parsed.GetValue(_evaluator), parallel, cancellationToken);
        var problems = await ProblemSelection.SelectAsync(
            source, BenchCommand.Words(parsed.GetValue(_problems)!), cancellationToken);
        var progress = new BenchProgress(_terminal);
        try
        {
            var missing = isOfFidelity
                ? await RunTrainingAsync(parsed, methods, problems, seeds, progress, cancellationToken)
                : await RunWholeAsync(parsed, methods, problems, seeds, progress, cancellationToken);
            progress.End();
            var all = methods.Count * problems.Count * seeds.Count;
            _terminal.Out.WriteLine(Plain.Line($"{path} holds all {Figures.Count(all, "run")}; {missing} of them are new"));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (interruption is not null && cancellationToken.IsCancellationRequested)
        {
            progress.End();
            _terminal.Out.WriteLine(Plain.Line($"interrupted; {path} keeps the runs that ended, and the same command goes on"));
            return interruption.ExitCode;
        }
    }

    private Task<int> RunWholeAsync(
        ParseResult parsed, IReadOnlyList<BenchmarkMethod> methods, IReadOnlyList<BenchmarkProblem> problems, IReadOnlyList<long> seeds,
        BenchProgress progress, CancellationToken cancellationToken)
    {
        var plan = new BenchmarkPlan(methods, problems, seeds, parsed.GetValue(_trials) ?? 100)
        {
            Jobs = parsed.GetValue(_jobs) ?? 1,
            Pending = parsed.GetValue(_pending) ?? 1,
        };
        var file = ResultFile.Open(_terminal.PathOf(parsed.GetValue(_output)!), ResultFile.OwnSystem, plan.Trials);
        return plan.RunAsync(file, progress, cancellationToken);
    }

    private Task<int> RunTrainingAsync(
        ParseResult parsed, IReadOnlyList<BenchmarkMethod> methods, IReadOnlyList<BenchmarkProblem> problems, IReadOnlyList<long> seeds,
        BenchProgress progress, CancellationToken cancellationToken)
    {
        var plan = new FidelityPlan(methods, problems, seeds, parsed.GetValue(_resource)!.Value)
        {
            Jobs = parsed.GetValue(_jobs) ?? 1,
            Workers = parsed.GetValue(_workers) ?? 1,
            Faults = new()
            {
                StragglerShare = parsed.GetValue(_stragglers) ?? 0,
                FailureShare = parsed.GetValue(_failures) ?? 0,
                PreemptionShare = parsed.GetValue(_preemptions) ?? 0,
            },
        };
        if (plan.Faults is { PreemptionShare: >= 1 } || plan.Faults.FailureShare + plan.Faults.PreemptionShare > 1)
            throw CommandException.WrongInput("--failures and --preemptions must be 1 together at most, and --preemptions below 1");
        var file = ResultFile.OpenFidelity(_terminal.PathOf(parsed.GetValue(_output)!), ResultFile.OwnSystem, plan.Resource);
        return plan.RunAsync(file, progress, cancellationToken);
    }

    private void CheckWords(ParseResult parsed)
    {
        var isOfFidelity = parsed.GetValue(_fidelity);
        Option[] others = isOfFidelity ? [_trials, _pending] : [_resource, _workers, _stragglers, _failures, _preemptions];
        foreach (var option in others)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw CommandException.WrongInput(isOfFidelity
                    ? $"{option.Name} counts whole trials; with {FidelityName} a run has {ResourceName} and --workers"
                    : $"{option.Name} needs {FidelityName}");
            }
        }

        if (isOfFidelity && parsed.GetValue(_resource) is null)
            throw CommandException.WrongInput($"{FidelityName} needs {ResourceName}: how much a run spends in all, such as 2600 epochs");
    }

    private static Option<double?> Positive(string name, string description) =>
        Number(name, "AMOUNT", description, value => value > 0 && double.IsFinite(value), "a positive number");

    private static Option<double?> Share(string name, string description) =>
        Number(name, "SHARE", description, value => value is >= 0 and <= 1, "a share from 0 to 1");

    private static Option<double?> Number(string name, string word, string description, Predicate<double> isAllowed, string allowed) =>
        new(name)
        {
            HelpName = word,
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (double.TryParse(
                    text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    && isAllowed(number))
                    return number;
                result.AddError($"{name} is '{text}'; it must be {allowed}");
                return null;
            },
        };
}
