using Attune.Programs;

namespace Attune.Execution;

/// <summary>Starts programs; whatever prevents it is a reason for a person.</summary>
internal static class ProgramStart
{
    /// <summary>Starts a program behind its gate.</summary>
    /// <param name="settings">Makes the settings.</param>
    /// <param name="clock">The clock for its limits.</param>
    /// <param name="problem">Why it could not be started.</param>
    /// <returns>The program; null when it could not be started.</returns>
    internal static RunningProgram? TryLaunch(Func<ProgramSettings> settings, TimeProvider clock, out string? problem)
    {
        try
        {
            var program = ProgramLauncher.Launch(settings(), clock, out var failure);
            problem = failure?.Message;
            return program;
        }
        catch (InvalidOperationException exception)
        {
            problem = exception.Message;
        }
        catch (IOException exception)
        {
            problem = $"The system did not start the program: {exception.Message}";
        }

        return null;
    }

    internal static string DescribeFolder(string trialsFolder, Exception exception) =>
        $"The folder of the trial could not be written, so the program was not started: {exception.Message} "
        + $"(Folders of trials stand in {trialsFolder}; free space there, allow writing, or choose another folder.)";
}
