using System.Globalization;
using System.Text.RegularExpressions;

namespace Attune.Programs;

/// <summary>
/// Reads metrics from the output of programs that cannot be changed: each metric has a regular expression with one group, which
/// holds the number. Of several matches in a line the last counts.
/// </summary>
internal sealed class RegexMetrics
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly List<(string Name, Regex Pattern)> _patterns = [];
    private readonly HashSet<string> _slow = new(StringComparer.Ordinal);

    /// <param name="patterns">The expressions by the name of the metric.</param>
    /// <exception cref="ArgumentException">An expression is not valid or does not have exactly one group.</exception>
    public RegexMetrics(IReadOnlyDictionary<string, string> patterns)
    {
        foreach ((var name, var pattern) in patterns)
        {
            var regex = Compile(name, pattern);
            var groups = regex.GetGroupNumbers().Length - 1;
            if (groups != 1)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The regular expression of metric '{name}' has {groups} groups; it needs exactly one, around the number, "
                    + $"as in 'accuracy: (\\S+)'; other groups are written (?:…). Found: {pattern}"));
            }

            _patterns.Add((name, regex));
        }
    }

    /// <summary>Searches a line.</summary>
    /// <returns>
    /// A report with the metrics found, and warnings for what looked like one but is no number; empty when nothing matches.
    /// </returns>
    public IReadOnlyList<MetricReport> Read(OutputLine line)
    {
        Dictionary<string, double>? found = null;
        List<MetricReport>? reports = null;
        foreach ((var name, Regex pattern) in _patterns)
        {
            if (_slow.Contains(name))
                continue;
            try
            {
                foreach (Match match in pattern.Matches(line.Text))
                {
                    var group = match.Groups[pattern.GetGroupNumbers()[1]];
                    if (!group.Success)
                        continue;
                    if (TryParse(group.ValueSpan, out var value))
                        (found ??= new(StringComparer.Ordinal))[name] = value;
                    else
                        (reports ??= []).Add(new ReportWarning(
                            $"Metric '{name}': '{group.Value}' was matched by '{pattern}' but is no number."));
                }
            }
            catch (RegexMatchTimeoutException)
            {
                _slow.Add(name);
                (reports ??= []).Add(new ReportWarning(
                    $"Metric '{name}': '{pattern}' took longer than a second on one line and is not used any more; "
                    + "avoid nested repetitions."));
            }
        }

        if (found is not null)
            (reports ??= []).Insert(0, new ReportedLine(found));
        return reports ?? (IReadOnlyList<MetricReport>)[];
    }

    private static bool TryParse(ReadOnlySpan<char> text, out double value) =>
        NonFiniteNumbers.TryParse(text, out value)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static Regex Compile(string name, string pattern)
    {
        try
        {
            try
            {
                return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
            }
            catch (NotSupportedException)
            {
                // Lookarounds and back references need backtracking; the timeout bounds them.
                return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
            }
        }
        catch (RegexParseException exception)
        {
            throw new ArgumentException($"The regular expression of metric '{name}' is not valid: {exception.Message}", exception);
        }
    }
}
