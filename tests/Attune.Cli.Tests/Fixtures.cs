using Attune.Algorithms;
using Attune.Events;
using Attune.Sqlite;

namespace Attune.Cli.Tests;

/// <summary>Studies with a few trials of every kind, made without running programs.</summary>
internal static class Fixtures
{
    internal const string BowlFile =
        """
        name: bowl
        minimize: loss
        space:
          x: float(0, 1)
          model: [svm, tree]
          depth: {type: int, low: 1, high: 8, when: {model: tree}}
        sampler: sobol
        budget: {trials: 8}
        command: ./bowl.sh {x}
        """;

    private static readonly Lazy<Task<Shell>> Bowl = new(() => MakeAsync(MakeBowlAsync));
    private static readonly Lazy<Task<Shell>> Front = new(() => MakeAsync(MakeFrontAsync));

    /// <summary>A study 'bowl' in bowl.db: completed, failed, enqueued and running trials.</summary>
    internal static async Task BowlAsync(Shell shell) => Copy(await Bowl.Value, shell);

    /// <summary>A study 'front' in front.db with two objectives and a constraint.</summary>
    internal static async Task FrontAsync(Shell shell) => Copy(await Front.Value, shell);

    private static async Task<Shell> MakeAsync(Func<Shell, Task> make)
    {
        var shell = new Shell();
        await make(shell);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shell.Dispose();
        return shell;
    }

    private static void Copy(Shell from, Shell to)
    {
        foreach (var file in Directory.EnumerateFiles(from.Folder))
            File.Copy(file, to.PathOf(Path.GetFileName(file)));
    }

    private static async Task MakeBowlAsync(Shell shell)
    {
        shell.Write("study.yaml", BowlFile);
        shell.Write("bowl.sh", "#!/bin/sh\n");
        for (var i = 0; i < 4; i++)
        {
            await shell.OutputOfAsync("ask", "--file", "study.yaml");
            await shell.OutputOfAsync("tell", $"{i}", $"loss={(i - 2) * (i - 2) + 0.125}", $"time={i}");
        }

        await shell.OutputOfAsync("ask");
        await shell.OutputOfAsync("tell", "4", "--failed", "out of memory\nat layer 3");
        await shell.OutputOfAsync("enqueue", "x=0.25", "model=tree", "depth=3");
        await shell.OutputOfAsync("ask");
        await shell.OutputOfAsync("report", "5", "loss=7.5");
    }

    private static async Task MakeFrontAsync(Shell shell)
    {
        var space = new SearchSpace([new FloatParameter("x", 0, 1), new IntParameter("n", 1, 9)]);
        var problem = new Problem(
            space, [new("error"), new("speed", Direction.Maximize)], [new OutcomeConstraint("memory", AtMost: 10)]);
        await using var store = await SqliteStore.OpenAsync(shell.PathOf("front.db"));
        await using var study = await Study.CreateAsync(
            store, "front", new StudyDefinition(problem, 1, MethodRegistry.Default.DescribeSampler("random"),
                MethodRegistry.Default.DescribeScheduler("run-to-completion")),
            new() { Catalog = MethodRegistry.Default });
        double[][] results = [[0.5, 10, 4], [0.4, 12, 4], [0.3, 5, 4], [0.2, 50, 40], [0.6, 20, 4], [0.4, 12, 4]];
        foreach (var result in results)
        {
            var assignment = (await study.AskAsync())!;
            await study.TellAsync(assignment.Trial, new([new("error", result[0]), new("speed", result[1]), new("memory", result[2])]),
                assignment.Token);
        }
    }
}
