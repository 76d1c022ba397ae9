using System.CommandLine;
using Attune.Sqlite;
using Attune.Throughput;

var trials = new Option<int>("--trials") { Description = "How many trials in all.", DefaultValueFactory = _ => 1_000_000 };
var memory = new Command("memory", "Ask and tell with the random sampler in memory: trials per second and bytes per stored trial.")
{
    trials,
};
memory.SetAction((result, _) => MemoryThroughput.RunAsync(result.GetValue(trials)));

var stored = new Option<int>("--trials") { Description = "How many trials in all.", DefaultValueFactory = _ => 20_000 };
var processes = new Option<int>("--processes") { Description = "How many processes work on one study.", DefaultValueFactory = _ => 1 };
var durability = new Option<Durability>("--durability")
{
    Description = "What a finished trial survives: process (synchronous NORMAL) or power (FULL).",
    DefaultValueFactory = _ => Durability.Process,
};
var warmUp = new Option<int>("--warm-up")
{
    Description = "How many trials of a study of its own each process works through first, so that its code is compiled; 0 for none.",
    DefaultValueFactory = _ => 2_000,
};
var folder = new Option<DirectoryInfo?>("--folder")
{
    Description = "Where the store is made; it is deleted afterwards. The working folder by default.",
};
var sqlite = new Command("sqlite", "Ask and tell with the random sampler in an SQLite store, two commits a trial.")
{
    stored, processes, durability, warmUp, folder,
};
sqlite.SetAction((result, cancellationToken) => SqliteThroughput.RunAsync(
    result.GetValue(stored), result.GetValue(processes), result.GetValue(durability), result.GetValue(warmUp),
    result.GetValue(folder)?.FullName ?? ".", cancellationToken));

var path = new Argument<string>("path");
var share = new Command("sqlite-worker", "One of the processes of the sqlite benchmark.") { path, durability, warmUp };
share.Hidden = true;
share.SetAction((result, cancellationToken) => SqliteThroughput.WorkAsync(
    result.GetValue(path)!, result.GetValue(durability), result.GetValue(warmUp), cancellationToken));

var simulatedTrials = new Option<int>("--trials") { Description = "How many trials in all.", DefaultValueFactory = _ => 1_000_000 };
var workers = new Option<int>("--workers") { Description = "How many simulated workers.", DefaultValueFactory = _ => 10_000 };
var sampler = new Option<string>("--sampler") { Description = "What proposes.", DefaultValueFactory = _ => "random" };
var scheduler = new Option<string>("--scheduler")
{
    Description = "What decides how much resource a trial gets.", DefaultValueFactory = _ => "run-to-completion",
};
var schedulerOptions = new Option<string>("--scheduler-options") { Description = "Its options as JSON.", DefaultValueFactory = _ => "{}" };
var simulated = new Command("simulated", "A study in simulated time with very many workers: trials per second and memory.")
{
    simulatedTrials, workers, sampler, scheduler, schedulerOptions,
};
simulated.SetAction((result, _) => SimulatedThroughput.RunAsync(
    result.GetValue(simulatedTrials), result.GetValue(workers), result.GetValue(sampler)!, result.GetValue(scheduler)!,
    result.GetValue(schedulerOptions)!));

var root = new RootCommand("How many trials per second Attune stores.") { memory, sqlite, simulated, share };
return await root.Parse(args).InvokeAsync();
