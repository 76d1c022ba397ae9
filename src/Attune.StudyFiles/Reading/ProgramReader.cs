using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Attune.Internal;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads the program and checks it against the parameters and the metrics that the study needs.</summary>
internal sealed class ProgramReader(YamlSource source, MistakeList mistakes, YamlMap root)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The program; null when there is no command, or after a mistake.</summary>
    /// <param name="space">Names of the parameters, and which of them are conditional.</param>
    /// <param name="metrics">The metrics that the study needs, and the words for what each of them is.</param>
    /// <param name="fidelity">The name of the first fidelity; null for none.</param>
    internal StudyProgram? Read(SpaceReader space, IReadOnlyList<(string Metric, string Role)> metrics, string? fidelity)
    {
        var expressions = ReadMetrics(metrics);
        var commands = new CommandReader(source, mistakes, space.Names, space.Conditional, root["fidelity"] is not null
            || root["fidelities"] is not null);
        if (root.Find("command") is null)
        {
            ReportOrphans();
            return null;
        }

        var command = commands.Read(root["command"], "command");
        var environment = ReadEnvironment(commands);
        WarnOfUnused(space, commands, fidelity);
        var setup = ReadSetup();
        var final = commands.Read(root["final"], "final", command);
        return command is null ? null : new(command)
        {
            Setup = setup,
            Final = final,
            Environment = environment,
            WorkingFolder = root["working_folder"].Text(),
            TrialsFolder = root["trials_folder"].Text(),
            TimeLimit = root["time_limit"].Time(),
            Grace = root["grace"].Time() ?? StudyProgram.DefaultGrace,
            Metrics = expressions,
        };
    }

    private void ReportOrphans()
    {
        if (mistakes.IsSupposed("command"))
            return;
        mistakes.Warn(root.Place, "command",
            "is missing, so trials can only be run by hand (ask and tell); write, for example, command: python train.py --rate {rate}.");
        foreach (var key in ProgramKeys.All().Select(key => key.Name).Where(key => root.Find(key) is not null))
            mistakes.Add(root.Find(key)!.Key.Place, key, "is about the program of a trial, but there is no command.");
    }

    private StudyCommand? ReadSetup()
    {
        var none = new CommandReader(source, new MistakeList(), [], [], hasFidelity: true);
        none.Read(root["setup"], "setup");
        if (none.Used.Count > 0)
        {
            mistakes.Add(
                root.Find("setup")!.Value.Place, "setup",
                $"runs once, before there is any trial, so it cannot hold "
                + $"{string.Join(", ", none.Used.Select(name => $"{{{name}}}"))}; literal braces are written {{{{ and }}}}.");
            return null;
        }

        return new CommandReader(source, mistakes, [], [], hasFidelity: true).Read(root["setup"], "setup");
    }

    private ImmutableSortedDictionary<string, string?> ReadEnvironment(CommandReader commands)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        foreach (var entry in root["environment"].Entries())
        {
            if (entry.Value is not YamlScalar value)
                continue;
            if (!value.IsNull)
                commands.CheckValue(value, Paths.Key("environment", entry.Name));
            variables[entry.Name] = value.IsNull ? null : value.Text;
        }

        return variables.ToImmutable();
    }

    private ImmutableSortedDictionary<string, string> ReadMetrics(IReadOnlyList<(string Metric, string Role)> needed)
    {
        var expressions = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (root.Find("metrics") is not { Value: YamlMap map } metrics)
            return expressions.ToImmutable();
        foreach (var entry in map.Entries)
        {
            if (entry.Value.Text() is not { } pattern)
                continue;
            if (Explain(pattern) is { } problem)
                mistakes.Add(entry.Value.Place, Paths.Key("metrics", entry.Name), problem);
            expressions[entry.Name] = pattern;
        }

        foreach (var (metric, role) in needed.Where(pair => map.Find(pair.Metric) is null).DistinctBy(pair => pair.Metric))
            mistakes.Add(metrics.Key.Place, "metrics", $"has no regular expression for '{YamlScalar.Shorten(metric)}', {role}.",
                NearNames.Nearest(metric, map.Entries.Select(entry => entry.Name)));
        return expressions.ToImmutable();
    }

    private static string? Explain(string pattern)
    {
        try
        {
            var groups = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout).GetGroupNumbers().Length - 1;
            return groups == 1 ? null : FormattableString.Invariant(
                $"the regular expression has {groups} groups; it needs exactly one, around the number, such as 'loss = (\\S+)'; ")
                + "other groups are written (?:…).";
        }
        catch (ArgumentException exception)
        {
            return $"is not a regular expression: {exception.Message}";
        }
    }

    private void WarnOfUnused(SpaceReader space, CommandReader commands, string? fidelity)
    {
        if (mistakes.Count > 0 || commands.Used.Contains("config"))
            return;
        if (!space.Names.Any(commands.Used.Contains))
        {
            mistakes.Warn(
                root.Find("command")!.Key.Place, "command",
                "names no parameter, so the program must read them from its environment "
                + "(ATTUNE_PARAM_… or the file ATTUNE_CONFIG) by itself.");
            return;
        }

        foreach (var entry in root["space"].Entries().Where(entry => !commands.Used.Contains(entry.Name)))
        {
            mistakes.Warn(
                entry.Key.Place, Paths.Key("space", entry.Name),
                $"stands neither in the command nor in the environment, so the program may not see it; write {{{entry.Name}}} there, "
                + "or {config} for the file with all values.");
        }

        if (fidelity is not null && !commands.Used.Contains("resource"))
        {
            var key = root.Find("fidelity") ?? root.Find("fidelities")!;
            mistakes.Warn(key.Key.Place, key.Name,
                $"the command never says how much of '{YamlScalar.Shorten(fidelity)}' a trial gets; write {{resource}} there.");
        }
    }
}
