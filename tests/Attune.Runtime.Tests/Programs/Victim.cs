using System.Globalization;
using System.Runtime.CompilerServices;
using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

/// <summary>
/// Lets this test program play another process of Attune, which starts a program and is then killed: it is run once more with a variable
/// set, and stops here, before any test runs.
/// </summary>
internal static class Victim
{
    private const string Variable = "ATTUNE_TEST_VICTIM";

    /// <summary>Settings that run a victim, which starts <paramref name="script"/> and prints its process number and start time.</summary>
    /// <param name="script">What the victim's program does.</param>
    /// <param name="opensGate">Whether the victim lets its program run.</param>
    public static ProgramSettings Command(string script, bool opensGate) => new()
    {
        Command = [Environment.ProcessPath!],
        Environment = new Dictionary<string, string?> { [Variable] = (opensGate ? "run " : "hold ") + script },
    };

    public static ProgramIdentity ParseIdentity(string line)
    {
        string[] parts = line.Split(' ');
        return new ProgramIdentity(
            HostIdentity.Current, int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    [ModuleInitializer]
    internal static void PlayIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not string part)
            return;
        string script = part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        RunningProgram program = ProgramFolder.Launch(ProgramFolder.Shell(script) with
        {
            OnOutput = line =>
            {
                Console.WriteLine(line.Text);
                return ValueTask.CompletedTask;
            },
        });
        Console.WriteLine(FormattableString.Invariant($"{program.Identity.ProcessId} {program.Identity.StartTime}"));
        if (part.StartsWith("run ", StringComparison.Ordinal))
            _ = program.RunAsync(CancellationToken.None, CancellationToken.None);
        using ManualResetEventSlim never = new();
        never.Wait();
        GC.KeepAlive(program);
    }
}
