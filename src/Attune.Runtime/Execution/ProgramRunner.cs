using System.Globalization;
using Attune.Programs;

namespace Attune.Execution;

/// <summary>
/// Runs programs once, beside the trials: the set-up before the first trial, and the final evaluation of the best configuration. What they
/// report by the same protocol goes to the caller alone; the search never sees it.
/// </summary>
public sealed class ProgramRunner
{
    private readonly ProgramPlan _plan;

    /// <summary>Makes a runner.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="options">How programs run; the command of the options is not used.</param>
    /// <exception cref="ArgumentException">An option is not legal.</exception>
    public ProgramRunner(string study, ProgramOptions options) => _plan = new(study, options);

    /// <summary>Runs a program.</summary>
    /// <param name="name">
    /// What the run is called, such as <c>setup</c>; its logs stand in a folder of that name beside those of the trials.
    /// </param>
    /// <param name="command">The command.</param>
    /// <param name="assignment">
    /// The configuration to evaluate, with the number, seed and checkpoint of its trial; null for a program without values, which has no
    /// time limit either.
    /// </param>
    /// <param name="onLine">Told of each line of both outputs, in order for each, from any thread. Default: nobody.</param>
    /// <param name="cancellationToken">Ends the program: politely, then by force.</param>
    /// <returns>What it reported, or why it failed. Failures are values, cancellation included.</returns>
    public async Task<ProgramResult> RunOnceAsync(
        string name, CommandTemplate command, Assignment? assignment = null, Action<string>? onLine = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(command);
        TrialFolder folder;
        try
        {
            folder = TrialFolder.ForRun(_plan.Options.TrialsFolder, _plan.Study, name, assignment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = ProgramStart.DescribeFolder(_plan.Options.TrialsFolder, exception);
            return new(MetricValues.Empty, new(FailureKind.NotStarted, reason), TimeSpan.Zero, _plan.Options.TrialsFolder, []);
        }

        var warnings = new RunWarnings(folder.Warnings, name, _plan.Options.OnWarning);
        var reports = new Collector(_plan.Options.MetricPatterns, warnings, onLine);
        await using var program = ProgramStart.TryLaunch(
            () => _plan.Make(command, folder, assignment) with
            {
                OnOutput = reports.ReadOutput,
                OnError = reports.ReadError,
                OnWarning = warnings.Add,
            },
            _plan.Options.Clock,
            out var problem);
        if (program is null)
            return new(MetricValues.Empty, new(FailureKind.NotStarted, problem!), TimeSpan.Zero, folder.Run, warnings.ToList());
        var exit = await program.RunAsync(cancellationToken, _plan.Options.Hurry).ConfigureAwait(false);
        return new(reports.Metrics(), Judge(exit, reports), exit.Elapsed, folder.Run, warnings.ToList());
    }

    private static Failure? Judge(ProgramExit exit, Collector reports) => exit switch
    {
        { IsSuccess: true } => reports.NonFinite is { } reason ? new(FailureKind.NonFinite, reason) : null,
        { End: ProgramEnd.Stopped } => new(FailureKind.Cancelled, exit.Describe(reports.LastLines)),
        { End: ProgramEnd.TimeLimit } => new(FailureKind.Timeout, exit.Describe(reports.LastLines)),
        _ => new(FailureKind.ExitCode, exit.Describe(reports.LastLines)),
    };

    /// <summary>Keeps the last value of each metric.</summary>
    private sealed class Collector(IReadOnlyDictionary<string, string> patterns, RunWarnings warnings, Action<string>? onLine)
    {
        private readonly Lock _sync = new();
        private readonly ProgramOutput _output = new(patterns);
        private readonly OrderedDictionary<string, double> _metrics = new(StringComparer.Ordinal);

        internal IReadOnlyList<string> LastLines => _output.LastLines;

        internal string? NonFinite => _metrics.FirstOrDefault(metric => !double.IsFinite(metric.Value)) is { Key: { } name } found
            ? string.Create(CultureInfo.InvariantCulture, $"the metric '{name}' is {found.Value}")
            : null;

        internal MetricValues Metrics() => new(_metrics.Where(metric => double.IsFinite(metric.Value)));

        internal ValueTask ReadOutput(OutputLine line) => Read(line, isError: false);

        internal ValueTask ReadError(OutputLine line) => Read(line, isError: true);

        private ValueTask Read(OutputLine line, bool isError)
        {
            lock (_sync)
            {
                foreach (var report in _output.Read(line, isError).Reports)
                {
                    if (report is ReportWarning { Reason: var reason })
                        warnings.Add(reason);
                    foreach (var (name, value) in report is ReportedLine reported ? reported.Metrics : new Dictionary<string, double>())
                    {
                        if (!string.IsNullOrWhiteSpace(name))
                            _metrics[name] = value;
                    }
                }
            }

            onLine?.Invoke(line.Text);
            return ValueTask.CompletedTask;
        }
    }
}
