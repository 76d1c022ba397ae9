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

var root = new RootCommand("How many trials per second Attune stores.") { memory, sqlite, share };
return await root.Parse(args).InvokeAsync();
