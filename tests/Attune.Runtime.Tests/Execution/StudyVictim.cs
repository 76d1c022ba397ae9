using Attune.Execution;
using Attune.Programs;
using Attune.Sqlite;

namespace Attune.Runtime.Tests.Execution;

/// <summary>
/// Lets this test program play a worker that dies at a crash point: it is run once more with a variable set, runs the study there, says
/// when it has reached the point, and waits there to be killed.
/// </summary>
internal static class StudyVictim
{
    private const string Variable = "ATTUNE_TEST_STUDY_VICTIM";

    /// <summary>Settings that run a victim.</summary>
    /// <param name="point">Where it is to stand still.</param>
    /// <param name="folder">The folder of the study; the store is <c>store.db</c> there, the script <c>script.sh</c>.</param>
    public static ProgramSettings Command(string point, string folder) => new()
    {
        Command = [Environment.ProcessPath!],
        Environment = new Dictionary<string, string?> { [Variable] = $"{point} {folder}" },
    };

    public static ProgramOptions Options(ProgramStudy study) =>
        study.Shell("") with { Command = CommandTemplate.FromArguments(["/bin/sh", study["script.sh"]]) };

    /// <returns>Whether this process was started to play a victim.</returns>
    public static async Task<bool> PlayIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not string part)
            return false;
        var blank = part.IndexOf(' ', StringComparison.Ordinal);
        var (point, folder) = (part[..blank], part[(blank + 1)..]);
        var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store.db"), null, CancellationToken.None);
        var study = new ProgramStudy(folder) { Problem = ProgramStudy.WithEpochs, Store = store, CrashPoints = new StandStill(point) };
        await study.RunAsync(Options(study));
        Console.WriteLine("went on");
        return true;
    }

    private sealed class StandStill(string where) : ICrashPoints
    {
        public void Reach(string point)
        {
            if (point != where)
                return;
            Console.WriteLine("reached");
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }
}
