using Attune.Programs.Portable;
using Attune.Programs.Unix;

namespace Attune.Programs;

/// <summary>Ends programs that outlived the process that had started them.</summary>
internal static class ProgramSurvivors
{
    /// <summary>Ends a recorded program with all that it started. Nothing happens if it does not run any more.</summary>
    /// <param name="program">The program, as it was recorded when it was started.</param>
    /// <param name="signal">The polite signal.</param>
    /// <param name="grace">How long to wait after it before killing.</param>
    /// <param name="time">The clock that counts <paramref name="grace"/>.</param>
    /// <param name="hurry">Ends the grace period early, so that whoever still lives is killed.</param>
    /// <returns>
    /// What was found of the program, and how it ended; <see cref="ProgramPresence.Elsewhere"/> means that nothing was done.
    /// </returns>
    public static async Task<(ProgramPresence Found, FamilyEnd End)> EndAsync(
        ProgramIdentity program, PoliteSignal signal, TimeSpan grace, TimeProvider time, CancellationToken hurry)
    {
        var nothing = new FamilyEnd(false, []);
        var found = ProgramProbe.Look(program);
        if (found != ProgramPresence.Alive)
            return (found, nothing);
        if (OperatingSystem.IsWindows())
            return (found, await PortableProgram.KillAsync(program).ConfigureAwait(false));

        var family = new FamilyEnder(program.ProcessId, program.StartTime);
        return (found, await family.EndAsync(signal, grace, time, hurry).ConfigureAwait(false));
    }
}
