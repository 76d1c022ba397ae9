using System.Globalization;
using Attune.Cli.Errors;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Execution;
using Attune.StudyFiles;

namespace Attune.Cli.Running;

/// <summary>The program of a study file: its set-up, its trials, its final evaluation.</summary>
internal sealed class StudyProgramRunner
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMilliseconds(200);

    private readonly StudyFile _file;
    private readonly StudyProgram _program;
    private readonly string _study;
    private readonly ProgramOptions _options;
    private readonly Terminal _terminal;

    /// <summary>Makes a runner.</summary>
    /// <param name="terminal">The world.</param>
    /// <param name="file">The study file.</param>
    /// <param name="study">The name of the study.</param>
    /// <param name="hurry">Ends grace periods.</param>
    /// <param name="onWarning">Told of what programs report wrongly.</param>
    /// <exception cref="CommandException">The file names no program.</exception>
    internal StudyProgramRunner(Terminal terminal, StudyFile file, string study, Action<string>? onWarning, CancellationToken hurry)
    {
        (_terminal, _file, _study) = (terminal, file, study);
        _program = file.Program
            ?? throw CommandException.WrongInput(
                $"the study file of '{file.Name}' has no command to run; add one, or run trials by hand with: attune ask --file FILE");
        _options = new()
        {
            Command = _program.Command.ToTemplate(),
            TrialsFolder = file.TrialsFolder,
            Environment = _program.Environment,
            WorkingFolder = file.WorkingFolder,
            TimeLimit = _program.TimeLimit,
            Grace = _program.Grace,
            MetricPatterns = _program.Metrics,
            Clock = terminal.Clock,
            OnWarning = onWarning,
            Hurry = hurry,
        };
    }

    /// <summary>Runs trials.</summary>
    internal ProcessExecutor Executor(Problem problem) => new(_study, problem, _options);

    /// <summary>Runs the set-up command, if there is one, one process at a time.</summary>
    /// <param name="onStart">Told of the command before it runs; null for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">It failed; the message holds the end of its output.</exception>
    internal async Task SetUpAsync(Action<string>? onStart, CancellationToken cancellationToken)
    {
        if (_program.Setup is not { } setup)
            return;
        await using var turn = await TakeTurnAsync("setup", cancellationToken);
        onStart?.Invoke($"set-up: {setup}");
        var last = new Queue<string>();
        var result = await new ProgramRunner(_study, _options).RunOnceAsync(
            "setup", setup.ToTemplate(), null,
            line =>
            {
                lock (last)
                {
                    last.Enqueue(line);
                    if (last.Count > 40)
                        last.Dequeue();
                }
            },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (result.Failure is { } failure)
        {
            var reason = failure.Reason.Split('\n', ';')[0];
            foreach (var line in last)
                _terminal.Error.WriteLine(Plain.Line(line));
            throw new CommandException(
                ExitCode.Failed, $"the set-up command failed: {reason}", $"the command is: {setup}",
                    $"its whole output is in {_terminal.Display(result.Folder)}");
        }
    }

    /// <summary>The final command as the file has it; null when there is none.</summary>
    internal string? FinalCommand => _program.Final?.ToString();

    /// <summary>
    /// Runs the final command with the configuration of a trial, in a folder of its own where there are several objectives.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no final command.</exception>
    internal Task<ProgramResult> FinishAsync(Assignment assignment, CancellationToken cancellationToken)
    {
        var final = _program.Final ?? throw new InvalidOperationException("The study file has no final command.");
        var name = assignment.Problem.IsSingleObjective
            ? "final" : string.Create(CultureInfo.InvariantCulture, $"final-{assignment.Trial:00000}");
        return new ProgramRunner(_study, _options).RunOnceAsync(name, final.ToTemplate(), assignment, null, cancellationToken);
    }

    /// <summary>Runs the command of a trial once, beside the study.</summary>
    internal Task<ProgramResult> TryOutAsync(Assignment assignment, CancellationToken cancellationToken) =>
        new ProgramRunner(_study, _options).RunOnceAsync("doctor", _options.Command, assignment, null, cancellationToken);

    /// <summary>Waits until no other process is at the same: two that build the same program at once would disturb each other.</summary>
    internal async Task<FileStream> TakeTurnAsync(string work, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_file.TrialsFolder);
        var path = Path.Combine(_file.TrialsFolder, $".{work}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(LockPatience, _terminal.Clock, cancellationToken);
            }
        }
    }
}
