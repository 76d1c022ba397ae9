using Attune.Programs;

namespace Attune.Execution;

/// <summary>
/// Reads what a program prints: lines of the protocol on its standard output, matches of regular expressions on both outputs.
/// </summary>
internal sealed class ProgramOutput(IReadOnlyDictionary<string, string> patterns)
{
    private readonly RegexMetrics? _patterns = patterns.Count == 0 ? null : new(patterns);
    private readonly LastLines _last = new(count: 20, maximumLength: 2_000);

    /// <summary>The last lines of the standard output that are no reports.</summary>
    internal IReadOnlyList<string> LastLines => _last.ToList();

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isError">Whether it came by the standard error.</param>
    /// <returns>What it reports, and whether by a regular expression; empty for most lines.</returns>
    internal (IReadOnlyList<MetricReport> Reports, bool IsMatched) Read(OutputLine line, bool isError)
    {
        if (!isError && MetricLineParser.Parse(line) is { } report)
            return ([report], false);
        if (!isError)
            _last.Add(line);
        return (_patterns?.Read(line) ?? [], true);
    }
}
