namespace Attune.Programs;

/// <summary>What a line of a program's output means: a <see cref="ReportedLine"/> or a <see cref="ReportWarning"/>.</summary>
internal abstract record MetricReport;

/// <summary>A line that was meant as a report but cannot be used.</summary>
/// <param name="Reason">What is wrong with it and what is allowed.</param>
internal sealed record ReportWarning(string Reason) : MetricReport;
