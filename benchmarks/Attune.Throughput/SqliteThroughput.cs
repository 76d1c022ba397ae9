using System.Diagnostics;
using System.Globalization;
using Attune.Sqlite;

namespace Attune.Throughput;

/// <summary>Ask and tell by several processes on one SQLite store.</summary>
internal static class SqliteThroughput
{
    internal static async Task<int> RunAsync(
        int trials, int processes, Durability durability, int warmUp, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"throughput-{Environment.ProcessId}.db");
        try
        {
            await CreateAsync(path, trials, durability, cancellationToken);
            var workers = Enumerable.Range(0, processes).Select(_ => Start(path, durability, warmUp)).ToArray();

            // The clock starts when every worker has started, warmed up and opened the store.
            foreach (var worker in workers)
                await worker.StandardOutput.ReadLineAsync(cancellationToken);
            var watch = Stopwatch.StartNew();
            foreach (var worker in workers)
                await worker.StandardInput.WriteLineAsync("go");
            var shares = new List<int>();
            foreach (var worker in workers)
                shares.Add(int.Parse((await worker.StandardOutput.ReadLineAsync(cancellationToken))!, CultureInfo.InvariantCulture));
            var seconds = watch.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{trials} trials, {processes} processes, durability {durability}: {trials / seconds:F0} trials/s in all; "
                    + $"shares {string.Join(" ", shares)}"));
            return shares.Sum() == trials ? 0 : 1;
        }
        finally
        {
            foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(path) + "*"))
                File.Delete(file);
        }
    }

    internal static async Task<int> WorkAsync(string path, Durability durability, int warmUp, CancellationToken cancellationToken)
    {
        if (warmUp > 0)
        {
            var own = $"{path}-{Environment.ProcessId}";
            await CreateAsync(own, warmUp, Durability.Process, cancellationToken);
            await WorkAsync(own, Durability.Process, () => { }, cancellationToken);
        }

        var count = await WorkAsync(path, durability, static () =>
        {
            Console.WriteLine("ready");
            Console.In.ReadLine();
        }, cancellationToken);
        Console.WriteLine(count.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task CreateAsync(string path, int trials, Durability durability, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenAsync(path, new() { Durability = durability }, cancellationToken);
        await using var study = await Study.CreateAsync(store, Studies.Name, Studies.Define(trials), Studies.Options, cancellationToken);
    }

    /// <returns>How many trials this process has told.</returns>
    private static async Task<int> WorkAsync(string path, Durability durability, Action begin, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenAsync(path, new() { Durability = durability }, cancellationToken);
        await using var study = await Study.OpenAsync(store, Studies.Name, Studies.Options, cancellationToken);
        begin();
        var count = 0;
        while (await study.AskAsync(cancellationToken: cancellationToken) is { } asked)
        {
            await study.TellAsync(asked, asked.Configuration.Numbers[0], cancellationToken);
            count++;
        }

        return count;
    }

    private static Process Start(string path, Durability durability, int warmUp) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "sqlite-worker", path, "--durability", durability.ToString(), "--warm-up",
            warmUp.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}
