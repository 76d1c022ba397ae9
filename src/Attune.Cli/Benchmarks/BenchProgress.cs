using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Comparison;

namespace Attune.Cli.Benchmarks;

/// <summary>Shows how far a comparison is: one line that is redrawn where that is possible, else a line for each run that ended.</summary>
internal sealed class BenchProgress(Terminal terminal) : IProgress<RunProgress>
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _began = terminal.Clock.GetUtcNow();

    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            var spent = terminal.Clock.GetUtcNow() - _began;
            var left = spent * ((double)(value.All - value.Done) / value.Done);
            var run = value.Last.Run;
            var best = value.Last.Best is { } found ? $" best {Figures.Short(found)}," : "";
            var took = Figures.Duration(TimeSpan.FromSeconds(value.Seconds));
            var text = Plain.Line(
                $"[{value.Done}/{value.All}] {run.Problem} {run.Sampler} seed {run.Seed}:{best} {took}; {Figures.Duration(left)} left");
            if (terminal.CanRedraw)
                terminal.Out.Write($"\r{Fit(text)}\e[K");
            else
                terminal.Out.WriteLine(text);
            terminal.Out.Flush();
        }
    }

    /// <summary>Leaves the line that was redrawn.</summary>
    internal void End()
    {
        if (terminal.CanRedraw)
            terminal.Out.Write("\r\e[K");
    }

    private string Fit(string text) => text.Length < terminal.Width() ? text : text[..(terminal.Width() - 1)];
}
