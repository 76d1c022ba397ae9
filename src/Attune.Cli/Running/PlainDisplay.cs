using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Events;
using Attune.Histories;
using Attune.Serialization;

namespace Attune.Cli.Running;

/// <summary>One line for each trial that ended: for logs, pipes and simple terminals.</summary>
internal sealed class PlainDisplay : IRunDisplay
{
    private readonly LineOutput _output;
    private int _best = -1;

    internal PlainDisplay(Terminal terminal, RunBoard board, int parallelism)
    {
        _output = new(terminal.Out);
        var picture = board.Picture();
        _best = picture.Best?.Number ?? -1;
        var limit = picture.Budget.Trials is { } trials ? $" of {Figures.Count(trials)}" : "";
        var goals = string.Join(", ", board.Problem.Objectives.Select(objective =>
            $"{JsonNames.Of(objective.Direction)} {objective.Metric}"));
        _output.Add(Plain.Line($"study {board.Study}: {goals}; {Figures.Count(picture.Finished)}{limit} trials finished, "
            + $"{Figures.Count(parallelism)} at a time"));
    }

    public void Observe(JournalEvent journalEvent, History history)
    {
        if (journalEvent.Payload is Finished or Failed or Lost && journalEvent.Trial is { } number)
            _output.Add(Plain.Line(Describe(history.Trials[number], history)));
    }

    public void Note(string message) => _output.Add(Plain.Line(message));

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private string Describe(Trial trial, History history)
    {
        var isBest = history.Best is { } best && best.Number == trial.Number && best.Number != _best;
        if (isBest)
            _best = trial.Number;
        var took = trial is { FinishedAt: { } end, StartedAt: { } start } ? $" in {Figures.Duration(end - start)}" : "";
        var outcome = trial.State is TrialState.Failed or TrialState.Lost
            ? $"{(trial.IsInterrupted ? "interrupted" : JsonNames.Of(trial.State))}{(trial.WillRetry ? ", runs again" : "")}: "
                + $"{RunText.Reason(trial)}"
            : $"{JsonNames.Of(trial.State)}{took}: {RunText.Values(trial, history.Problem)}{(isBest ? "  best so far" : "")}";
        return $"trial {Figures.Count(trial.Number)} {outcome}  ({RunText.Configuration(trial)})";
    }
}
