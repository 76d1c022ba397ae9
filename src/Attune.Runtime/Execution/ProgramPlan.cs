using System.Collections;
using System.Globalization;
using Attune.Internal;
using Attune.Programs;

namespace Attune.Execution;

/// <summary>Makes the settings of a run from the options and the assignment: command, environment, logs, limits.</summary>
internal sealed class ProgramPlan
{
    private const string ParameterPrefix = "ATTUNE_PARAM_";

    private static readonly string[] OwnVariables =
    [
        "ATTUNE_STUDY", "ATTUNE_TRIAL", "ATTUNE_ATTEMPT", "ATTUNE_SEED", "ATTUNE_CONFIG", "ATTUNE_FOLDER", "ATTUNE_CHECKPOINT",
        "ATTUNE_CONTROL", "ATTUNE_RESOURCE", "ATTUNE_FROM_RESOURCE",
    ];

    private readonly List<(string Name, CommandTemplate? Value)> _environment = [];

    /// <exception cref="ArgumentException">An option is not legal.</exception>
    internal ProgramPlan(string study, ProgramOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(study);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Study = study;
        Options = options with { TrialsFolder = Path.GetFullPath(options.TrialsFolder) };
        foreach (var (name, value) in options.Environment)
            _environment.Add((name, value is null ? null : ParseValue(name, value)));
    }

    internal string Study { get; }

    internal ProgramOptions Options { get; }

    /// <summary>Checks every placeholder against a problem.</summary>
    /// <exception cref="ArgumentException">A placeholder names nothing, or a value that is not always there.</exception>
    internal void Check(Problem problem)
    {
        string[] parameters = [.. problem.Space.Parameters.Select(parameter => parameter.Name)];
        string[] conditional = [.. problem.Space.Parameters.Where(p => p.Activation is not null).Select(p => p.Name)];
        var problems = Options.Command.Check(parameters, conditional)
            .Select(found => string.Create(CultureInfo.InvariantCulture, $"Command, column {found.Column}: {found.Message}")).ToList();
        var needsResource = Options.Command.Uses.Any(use => use is { Name: "resource", IsInGroup: false });
        if (problem.Fidelity is null && needsResource && !parameters.Contains("resource"))
            problems.Add("Command: {resource} has no value, because the problem has no fidelity; leave it out, or give the problem one.");
        foreach (var (name, value) in _environment)
            problems.AddRange(value?.Check(parameters, []).Select(found => $"Environment, {name}: {found.Message}") ?? []);
        if (problems.Count > 0)
            throw new ArgumentException(string.Join("\n", problems));
    }

    /// <summary>Makes the settings of a run.</summary>
    /// <exception cref="InvalidOperationException">The command names a value that is missing.</exception>
    internal ProgramSettings Make(CommandTemplate command, TrialFolder folder, Assignment? assignment)
    {
        var values = assignment is null ? [] : Values(folder, assignment);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        ForgetInherited(environment);
        environment["ATTUNE_STUDY"] = Study;
        environment["ATTUNE_FOLDER"] = folder.Run;
        environment["ATTUNE_CONTROL"] = folder.Control;
        if (assignment is not null)
            AddVariables(environment, folder, assignment);
        foreach (var (name, value) in _environment)
        {
            if (value is null)
                environment[name] = null;
            else if (value.Uses.All(use => values.ContainsKey(use.Name)))
                environment[name] = value.Render(values)[1];
        }

        return new()
        {
            Command = command.Render(values),
            Environment = environment,
            WorkingFolder = Options.WorkingFolder,
            TimeLimit = assignment is null ? null : Options.TimeLimit,
            Signal = Options.PoliteSignal,
            Grace = Options.Grace,
            OutputLog = folder.Output,
            ErrorLog = folder.Error,
        };
    }

    /// <summary>The variable that tells a parameter: upper case, and an underscore for what is neither letter nor digit.</summary>
    internal static string VariableName(string parameter) =>
        ParameterPrefix + string.Concat(parameter.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));

    private static Dictionary<string, string> Values(TrialFolder folder, Assignment assignment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trial"] = assignment.Trial.ToString(CultureInfo.InvariantCulture),
            ["seed"] = assignment.Seed.ToString(CultureInfo.InvariantCulture),
            ["config"] = folder.Config,
            ["folder"] = folder.Run,
            ["checkpoint"] = assignment.Checkpoint ?? folder.Checkpoint,
        };
        if (assignment.Resource is { } resource)
            values["resource"] = NumberText.Exact(resource);
        foreach (var (name, value) in assignment.Configuration.Values())
            values[name] = value.ToString();
        return values;
    }

    private static void AddVariables(Dictionary<string, string?> environment, TrialFolder folder, Assignment assignment)
    {
        environment["ATTUNE_TRIAL"] = assignment.Trial.ToString(CultureInfo.InvariantCulture);
        environment["ATTUNE_ATTEMPT"] = assignment.Attempt.ToString(CultureInfo.InvariantCulture);
        environment["ATTUNE_SEED"] = assignment.Seed.ToString(CultureInfo.InvariantCulture);
        environment["ATTUNE_CONFIG"] = folder.Config;
        environment["ATTUNE_CHECKPOINT"] = assignment.Checkpoint ?? folder.Checkpoint;
        if (assignment.Resource is { } resource)
            environment["ATTUNE_RESOURCE"] = NumberText.Exact(resource);
        if (assignment.FromResource is { } from)
            environment["ATTUNE_FROM_RESOURCE"] = NumberText.Exact(from);

        // Two names may become the same variable; then neither is told, rather than one for the other.
        var parameters = assignment.Configuration.Space.Parameters;
        var isShared = parameters.GroupBy(p => VariableName(p.Name)).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        foreach (var (name, value) in assignment.Configuration.Values())
        {
            if (!isShared.Contains(VariableName(name)))
                environment[VariableName(name)] = value.ToString();
        }
    }

    /// <summary>A program that is itself tuned by Attune may tune others: they must not see its variables.</summary>
    private static void ForgetInherited(Dictionary<string, string?> environment)
    {
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && (OwnVariables.Contains(name) || name.StartsWith(ParameterPrefix, StringComparison.Ordinal)))
                environment[name] = null;
        }
    }

    private static CommandTemplate ParseValue(string name, string value)
    {
        try
        {
            // A value may be empty, which a program may not: a first argument stands before it.
            return CommandTemplate.FromArguments(["value", value]);
        }
        catch (CommandTemplateException exception)
        {
            throw new ArgumentException($"Environment, {name}, column {exception.Column}: {exception.Reason}", exception);
        }
    }
}
