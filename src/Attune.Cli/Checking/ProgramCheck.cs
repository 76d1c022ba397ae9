using Attune.Cli.Errors;
using Attune.Cli.Running;
using Attune.Cli.Terminals;
using Attune.Cli.Text;
using Attune.Execution;
using Attune.Numerics;
using Attune.Sampling;
using Attune.StudyFiles;

namespace Attune.Cli.Checking;

/// <summary>Runs the set-up command and the program of one trial, beside the study.</summary>
internal sealed class ProgramCheck(Terminal terminal, StudyFile file, CheckList checks)
{
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (file.Program is not { } program)
        {
            checks.Warn("program", "the file has no command; trials are run by hand (attune ask, attune tell)");
            return;
        }

        if (!Directory.Exists(file.WorkingFolder))
        {
            checks.Fail("program", $"the working folder does not exist: {file.WorkingFolder}");
            return;
        }

        var programs = new StudyProgramRunner(terminal, file, file.Name, null, cancellationToken);
        if (program.Setup is { } setup && !await SetUpAsync(programs, setup, cancellationToken))
            return;
        var assignment = Assignment();
        var result = await programs.TryOutAsync(assignment, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Judge(assignment, result);
    }

    private async Task<bool> SetUpAsync(StudyProgramRunner programs, StudyCommand setup, CancellationToken cancellationToken)
    {
        try
        {
            await programs.SetUpAsync(null, cancellationToken);
            checks.Ok("set-up", setup.ToString());
            return true;
        }
        catch (CommandException exception)
        {
            checks.Fail("set-up", exception.Lines);
            return false;
        }
    }

    /// <summary>A trial of the defaults with the least resource; a random one where the defaults are forbidden.</summary>
    private Assignment Assignment()
    {
        var configuration = file.Problem.Space.Default();
        if (file.Problem.Space.Validate(configuration) is not null)
        {
            var stream = RandomKey.FromSeed(file.Seed).CreateStream();
            configuration = file.Problem.Space.Sample(ref stream);
        }

        return new(0, 1, 1, configuration, file.Problem, Keys.EvaluationSeed(file.Seed, 0)) { Resource = file.Problem.Fidelity?.Low };
    }

    private void Judge(Assignment assignment, ProgramResult result)
    {
        var tried = $"tried with {assignment.Configuration}";
        if (result.Failure is { } failure)
        {
            checks.Fail("program", [tried, .. Plain.Lines(failure.Reason), .. result.Warnings,
                $"its output is in {terminal.Display(result.Folder)}"]);
            return;
        }

        var wanted = file.Problem.Objectives.Select(objective => objective.Metric)
            .Concat(file.Problem.Constraints.Select(constraint => constraint.Metric)).Distinct();
        var missing = wanted.Where(metric => !result.Metrics.TryGet(metric, out _)).ToArray();
        var reported = result.Metrics.Count == 0 ? "it reported no metric"
            : $"it reported {string.Join(", ", result.Metrics.Select(pair => $"{pair.Key} {Figures.Short(pair.Value)}"))}";
        if (missing.Length > 0)
        {
            var hint = file.Program!.Metrics.IsEmpty
                ? $"a line of its output must be: attune: {{\"{missing[0]}\": 0.42}}"
                : "the regular expressions under metrics: did not match its output";
            checks.Fail("program", [tried, $"{reported}, but not '{string.Join("', '", missing)}'", hint, .. result.Warnings,
                $"its output is in {terminal.Display(result.Folder)}"]);
            return;
        }

        string[] details = [tried, $"{reported} in {Figures.Duration(result.Elapsed)}{Estimate(result.Elapsed)}"];
        if (result.Warnings.Count > 0)
            checks.Warn("program", [.. details, .. result.Warnings]);
        else
            checks.Ok("program", details);
    }

    private string Estimate(TimeSpan elapsed)
    {
        if (file.Budget.Trials is not { } trials || file.Problem.Fidelity is not null)
            return "";
        var all = elapsed * Math.Ceiling((double)trials / file.Parallelism);
        return $"; {Figures.Count(trials, "trial")} at {Figures.Count(file.Parallelism)} a time would take about {Figures.Duration(all)}";
    }
}
