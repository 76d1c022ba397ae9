using Attune.Problems;

namespace Attune.Comparison;

/// <summary>What result lines tell of methods, in tables and figures.</summary>
public sealed class ComparisonReport
{
    private readonly WholeReport? _whole;
    private readonly FidelityReport? _fidelity;

    private ComparisonReport(WholeReport? whole, FidelityReport? fidelity) => (_whole, _fidelity) = (whole, fidelity);

    /// <summary>The tables that matter most, for a screen.</summary>
    public string Summary => _whole?.Summary + _fidelity?.Summary;

    /// <summary>Counts.</summary>
    /// <param name="lines">The results, of any system.</param>
    /// <param name="baselines">Peers' summaries and best known values; <see cref="Baselines.None"/> for none.</param>
    /// <param name="problems">What is known of problems.</param>
    /// <exception cref="BenchmarkException">There are no lines, or they are of problems that are not known.</exception>
    public static ComparisonReport Of(IReadOnlyList<TrialLine> lines, Baselines baselines, IReadOnlyList<BenchmarkProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(problems);
        TrialLine[] whole = [.. lines.Where(line => !line.IsOfFidelity)];
        TrialLine[] training = [.. lines.Where(line => line.IsOfFidelity)];
        return new(
            whole.Length > 0 || training.Length == 0 ? new(ReportData.Of(whole, baselines, problems)) : null,
            training.Length > 0 ? new(FidelityData.Of(training, baselines, problems), baselines) : null);
    }

    /// <summary>Writes <c>report.md</c>, tables as CSV, and figures as SVG.</summary>
    /// <param name="folder">The folder; it is made when it is missing.</param>
    /// <param name="figures">Draws; null to go without figures.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(string folder, IFigureWriter? figures)
    {
        Directory.CreateDirectory(folder);
        var writer = new ReportWriter(folder, figures);
        writer.Text("# Comparison\n\n");
        _whole?.Write(writer);
        _fidelity?.Write(writer);
        writer.Finish();
    }
}
