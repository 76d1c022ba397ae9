using System.Globalization;
using Attune.Execution;
using Attune.Sqlite;
using Attune.Tests.Shared;

namespace Attune.Processes.Tests;

/// <summary>One of several processes on a study. It writes a line when it is ready, waits for one, and writes a line for every acknowledged tell.</summary>
internal static class Worker
{
    internal const string Study = "processes";

    internal static StudyOptions Options { get; } = new() { Catalog = LastLossSampler.Methods };

    internal static async Task<int> RunAsync(string path, string mode)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        await using var study = await Attune.Study.OpenAsync(store, Study, Options);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        if (mode == "hold")
        {
            Tell((await study.AskAsync(HoldTests.Hold))!.Trial);
            return 0;
        }

        if (mode == "run")
        {
            await study.RunAsync(
                DelegateExecutor.Of(trial => Evaluate(trial.Configuration)),
                new()
                {
                    Parallelism = 2,
                    OnEvent = (e, _) =>
                    {
                        if (e.Writer == study.Writer && e.Payload is Events.Finished finished)
                            Tell(finished.Trial);
                    },
                });
            return 0;
        }

        while (await study.AskAsync() is { } asked)
        {
            await study.TellAsync(asked, Evaluate(asked.Configuration));
            Tell(asked.Trial);
        }

        return 0;
    }

    internal static double Evaluate(Configuration configuration) => Math.Pow(configuration.GetDouble("x"), 2);

    private static void Tell(int trial) => Console.WriteLine(trial.ToString(CultureInfo.InvariantCulture));
}
