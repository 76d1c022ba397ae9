using System.CommandLine;
using System.Globalization;
using Attune.Algorithms;
using Attune.Comparison;
using Attune.Problems;

var methods = new Option<string>("--methods") { Description = "Samplers with options, such as random,gp-ucb:starts=3.", Required = true };
var problems = new Option<string>("--problems") { Description = "Problems, patterns such as lcbench/*, and groups.", Required = true };
var trials = new Option<int>("--trials") { Description = "Trials a run.", DefaultValueFactory = _ => 100 };
var seeds = new Option<string>("--seeds") { Description = "Seeds, such as 0-9.", DefaultValueFactory = _ => "0-9" };
var output = new Option<string>("--out") { Description = "The file of result lines; runs that it holds are not run again.", Required = true };
var jobs = new Option<int>("--jobs") { Description = "Runs at a time.", DefaultValueFactory = _ => 1 };
var evaluator = new Option<string?>("--evaluator") { Description = "A program that serves problems by the evaluator protocol, with its arguments." };
var run = new Command("run", "Runs methods on problems.") { methods, problems, trials, seeds, output, jobs, evaluator };
run.SetAction((result, cancellationToken) => Guarded(async () =>
{
    await using IProblemSource source = result.GetValue(evaluator) is { } command
        ? await ExternalProblemSource.StartAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), result.GetValue(jobs), cancellationToken)
        : ProblemPlugins.OpenAll(ProblemPlugins.DefaultFolder);
    var plan = new BenchmarkPlan(
        BenchmarkMethod.ParseList(result.GetValue(methods)!, MethodRegistry.Default),
        await ProblemSelection.SelectAsync(source, result.GetValue(problems)!.Split(','), cancellationToken),
        SeedList.Parse(result.GetValue(seeds)!), result.GetValue(trials)) { Jobs = result.GetValue(jobs) };
    await plan.RunAsync(
        ResultFile.Open(result.GetValue(output)!, "attune", plan.Trials),
        new Lines<RunProgress>(progress => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"[{progress.Done}/{progress.All}] {progress.Last.Run.Problem} {progress.Last.Run.Sampler} seed {progress.Last.Run.Seed}: best {progress.Last.Best:G6} in {progress.Seconds:F1} s"))),
        cancellationToken);
}));
var files = new Argument<string[]>("files") { Description = "Files of result lines." };
var baselines = new Option<string?>("--baselines") { Description = "A file of baselines." };
var report = new Command("report", "Prints how much of the gap methods close.") { files, baselines };
report.SetAction((result, cancellationToken) => Guarded(async () =>
{
    var lines = result.GetValue(files)!.SelectMany(ResultFile.Read).ToArray();
    var peers = result.GetValue(baselines) is { } path ? Baselines.Read(path) : Baselines.None;
    await using var source = ProblemPlugins.OpenAll(ProblemPlugins.DefaultFolder);
    Console.Write(GapTable.Of(lines, peers, await ProblemSelection.SelectAsync(source, ["*"], cancellationToken)));
}));
return await new RootCommand("Compares methods on benchmark problems.") { run, report }.Parse(args).InvokeAsync();

static async Task<int> Guarded(Func<Task> action)
{
    try
    {
        await action();
        return 0;
    }
    catch (Exception exception) when (exception is BenchmarkException or IOException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }
}

file sealed class Lines<T>(Action<T> write) : IProgress<T>
{
    public void Report(T value) => write(value);
}
