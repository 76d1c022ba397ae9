using Attune.Cli.Text;
using Attune.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;
using PlainText = Spectre.Console.Text;

namespace Attune.Cli.Running;

/// <summary>Draws a run: how far it is, the best trial, what runs, what failed.</summary>
internal static class RunView
{
    private const int MostRunning = 12;
    private const int ShortestBar = 8;
    private const int LongestBar = 30;

    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Faint = new(Color.Grey);

    /// <summary>Draws a run.</summary>
    /// <param name="picture">The run.</param>
    /// <param name="note">A remark below it; null for none.</param>
    /// <param name="width">Columns of the screen.</param>
    internal static IRenderable Render(RunPicture picture, string? note, int width)
    {
        var rows = new List<IRenderable> { Head(picture, width) };
        if (picture.Best is { } best)
        {
            rows.Add(Line(("best   ", Faint), ($"trial {Figures.Count(best.Number)}  {RunText.Values(best, picture.Problem)}", Good)));
            rows.Add(Line(("       ", Faint), (RunText.Configuration(best), Style.Plain)));
        }
        else if (picture.Front > 0)
        {
            rows.Add(Line(("front  ", Faint), (Figures.Count(picture.Front, "trial"), Good)));
        }

        if (picture.Running.Count > 0)
            rows.Add(Running(picture));
        foreach (var failure in picture.Failures)
            rows.Add(Line(($"trial {Figures.Count(failure.Number)} {JsonNames.Of(failure.State)}  ", Bad),
                (RunText.Reason(failure), Style.Plain)));
        if (picture.Awaited.Count > 0)
            rows.Add(Line((RunText.Waiting(picture.Awaited), Faint)));
        if (note is not null)
            rows.Add(Line((note, Strong)));
        return new Rows(rows);
    }

    private static Paragraph Head(RunPicture picture, int width)
    {
        var counts = picture.Counts;
        var total = picture.Budget.Trials is { } trials ? $"/{Figures.Count(trials)}" : "";
        var finished = $"{Figures.Count(picture.Finished)}{total} trials";
        var failed = counts.Failed + counts.Lost > 0 ? $", {Figures.Count(counts.Failed + counts.Lost)} failed" : "";
        var left = picture.TimeLeft is { } time ? $", about {Figures.Duration(time)} left" : "";
        var times = $"  {Figures.Duration(picture.Elapsed)}{left}";
        var rest = picture.Study.Length + finished.Length + failed.Length + times.Length + 4;
        return Line(
            ($"{picture.Study}  ", Strong), (Bar(picture.Share, width - rest), Good), (finished, Style.Plain), (failed, Bad),
            (times, Faint));
    }

    /// <summary>A bar that leaves the rest of its row on the screen.</summary>
    private static string Bar(double? share, int space)
    {
        if (share is not { } done)
            return "";
        var width = Math.Clamp(space, ShortestBar, LongestBar);
        var full = (int)Math.Round(done * width);
        return $"{new string('━', full)}{new string('╌', width - full)}  ";
    }

    private static Table Running(RunPicture picture)
    {
        var table = new Table().Border(TableBorder.Simple).BorderStyle(Faint);
        table.AddColumn(new TableColumn(Cell("trial", Faint)).RightAligned().NoWrap());
        table.AddColumn(new TableColumn(Cell("for", Faint)).RightAligned().NoWrap());
        table.AddColumn(new TableColumn(Cell("latest", Faint)));
        table.AddColumn(new TableColumn(Cell("configuration", Faint)));
        foreach (var trial in picture.Running.Take(MostRunning))
        {
            var time = trial.StartedAt is { } started ? Figures.Duration(picture.Now - started) : "";
            table.AddRow(
                Cell(Figures.Count(trial.Number), Style.Plain), Cell(time, Style.Plain),
                    Cell(RunText.Metrics(trial, picture.Problem), Style.Plain),
                Cell(RunText.Configuration(trial), Style.Plain));
        }

        if (picture.Running.Count > MostRunning)
            table.Caption = new($"and {Figures.Count(picture.Running.Count - MostRunning)} more");
        return table;
    }

    private static PlainText Cell(string text, Style style) => new(Plain.Line(text), style) { Overflow = Overflow.Ellipsis };

    private static Paragraph Line(params ReadOnlySpan<(string Text, Style Style)> parts)
    {
        var line = new Paragraph { Overflow = Overflow.Ellipsis };
        foreach (var (text, style) in parts)
            line.Append(Plain.Line(text), style);
        return line;
    }
}
