using Attune.Cli.Errors;
using Attune.Cli.Json;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.StudyFiles;

namespace Attune.Cli.Running;

/// <summary>One <c>attune run</c>: set-up, trials, final evaluation.</summary>
internal sealed class StudyRun
{
    private readonly Terminal _terminal;
    private readonly RunInput _input;
    private readonly Interruption? _interruption;
    private readonly StudyFile _file;
    private readonly StudyProgramRunner _programs;
    private IRunDisplay? _display;

    private StudyRun(Terminal terminal, RunInput input, Interruption? interruption)
    {
        (_terminal, _input, _interruption) = (terminal, input, interruption);
        _file = StudyFileReading.Load(terminal, input.File);
        _programs = new(terminal, _file, _file.Name, Warn, interruption?.AtOnce ?? CancellationToken.None);
    }

    private int Parallelism => _input.Parallelism ?? _file.Parallelism;

    private CancellationToken Polite => _interruption?.Polite ?? CancellationToken.None;

    /// <summary>Runs a study to its end, or until it is interrupted.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(Terminal terminal, RunInput input)
    {
        using var interruption = terminal.CatchSignals?.Invoke();
        var run = new StudyRun(terminal, input, interruption);
        if (interruption is not null)
            interruption.Signalled += run.Signalled;
        try
        {
            return await run.RunAsync();
        }
        catch (OperationCanceledException) when (interruption?.Polite.IsCancellationRequested == true)
        {
            throw new CommandException(interruption.ExitCode, "interrupted before the first trial");
        }
    }

    private async Task<int> RunAsync()
    {
        var store = _input.Store is { } named ? _terminal.PathOf(named) : _file.StorePath;
        await using var place = await StudyPlace.OpenOrCreateAsync(_terminal, _file, store, _file.Name, Polite);
        await using var study = await Study.OpenAsync(place.Store, place.Name, StudyPlace.Options(_terminal, Parallelism), Polite);
        foreach (var change in await Resumption.ApplyAsync(study, _file, _input, Polite))
            Say(change);
        var before = await study.SnapshotAsync(Polite);
        var executor = _programs.Executor(before.Problem);
        await _programs.SetUpAsync(_input.IsQuiet || _input.IsJson ? null : Say, Polite);

        var summary = await RunTrialsAsync(study, before, executor);
        var isInterrupted = Polite.IsCancellationRequested;
        var finals = isInterrupted || summary.Reason is StopReason.Requested or StopReason.None
            ? [] : await FinalRun.RunAsync(study, _programs, _input.IsQuiet || _input.IsJson ? null : Say, Polite);
        isInterrupted = Polite.IsCancellationRequested;
        var history = finals.Count == 0 ? summary.History : await study.SnapshotAsync();
        var end = new RunEnd(place.Name, place.Store.Location, history, summary.Reason, isInterrupted, finals);
        if (_input.IsJson)
            JsonLines.Write(_terminal.Out, end.ToJson());
        else
            RunEndText.Write(_terminal, _input, end);
        return isInterrupted ? _interruption!.ExitCode : end.IsSuccess ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<RunSummary> RunTrialsAsync(Study study, History before, ProcessExecutor executor)
    {
        var board = new RunBoard(study.Name, study.Writer, before, _terminal.Clock);
        await using var display = RunDisplays.Create(_terminal, board, Parallelism, _input.IsQuiet, _input.IsJson);
        _display = display;
        try
        {
            var options = new RunOptions
            {
                Parallelism = Parallelism,
                OnEvent = (journalEvent, history) =>
                {
                    if (journalEvent.Payload is BudgetChanged { Budget: var budget })
                        Say($"the budget is now {StudyText.Describe(budget)}: another worker or command changed it");
                    board.Observe(journalEvent, history);
                    display.Observe(journalEvent, history);
                },
            };
            return await study.RunAsync(executor, options, Polite);
        }
        finally
        {
            _display = null;
        }
    }

    private void Signalled(int count)
    {
        if (count == 1)
            Say("stopping: running programs are asked to end, and their trials run again when the study goes on; Ctrl-C again kills them");
        else if (count == 2)
            Say("killing the running programs");
    }

    private void Warn(string message) => Say($"warning: {message}");

    private void Say(string message)
    {
        if (_display is { } display)
            display.Note(message);
        else
            _terminal.Error.WriteLine($"attune: {message}");
    }
}
