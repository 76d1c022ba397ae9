using Attune.Internal;
using Attune.Programs;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads commands and checks their placeholders against the parameters.</summary>
internal sealed class CommandReader(
    YamlSource source, MistakeList mistakes, IReadOnlyCollection<string> parameters, IReadOnlyCollection<string> conditional,
        bool hasFidelity)
{
    /// <summary>How the rest of the command is named in <c>final</c>.</summary>
    private const string Whole = "{command}";

    /// <summary>Every name that stands in a placeholder of any command or variable read so far.</summary>
    internal HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>The command under a key; null when there is none, or after a mistake.</summary>
    /// <param name="node">The value of the key.</param>
    /// <param name="path">The key.</param>
    /// <param name="whole">The command that <c>{command}</c> stands for; null where it stands for nothing.</param>
    internal StudyCommand? Read(YamlNode? node, string path, StudyCommand? whole = null)
    {
        var before = mistakes.Count;
        var command = node switch
        {
            YamlScalar { IsNull: false } line when !string.IsNullOrWhiteSpace(line.Text) => ReadLine(line, path, whole),
            YamlList { Items.Count: > 0 } list => ReadList(list, path, whole),
            _ => null,
        };
        if (command is null || mistakes.Count > before)
            return null;
        try
        {
            command.ToTemplate();
            return command;
        }
        catch (CommandTemplateException exception)
        {
            mistakes.Add(node!.Place, path, exception.Reason);
            return null;
        }
    }

    /// <summary>Checks a value of the environment, where a missing value leaves the variable out.</summary>
    internal void CheckValue(YamlScalar value, string path)
    {
        if (value.Text.Length > 0 && Template(value, path, () => CommandTemplate.FromArguments([value.Text])) is { } template)
            CheckNames(template, value, path, []);
    }

    private StudyCommand? ReadLine(YamlScalar line, string path, StudyCommand? whole)
    {
        if (whole is not null && line.Text.Contains(Whole, StringComparison.Ordinal))
        {
            if (whole.Line is not { } command)
            {
                mistakes.Add(line.Place, path,
                    $"{Whole} stands for a list of arguments here, so this must be a list, too: [\"{Whole}\", …].");
                return null;
            }

            var parts = line.Text.Split(Whole);
            foreach (var part in parts.Where(part => !string.IsNullOrWhiteSpace(part)))
            {
                // The rest alone is not a whole command; it is checked as the arguments of one.
                if (Template(line, path, () => CommandTemplate.Parse($"x {part}")) is { } rest)
                    CheckNames(rest, line, path, conditional);
            }

            return StudyCommand.Of(string.Join(command, parts));
        }

        if (Template(line, path, () => CommandTemplate.Parse(line.Text)) is not { } template)
            return null;
        CheckNames(template, line, path, conditional);
        return StudyCommand.Of(line.Text);
    }

    private StudyCommand ReadList(YamlList list, string path, StudyCommand? whole)
    {
        var items = new List<CommandItem>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var place = Paths.Item(path, index);
            switch (list.Items[index])
            {
                case YamlScalar { Text: Whole } line when whole?.Line is not null:
                    mistakes.Add(line.Place, place, $"{Whole} stands for one text here, so this must be one text, too: \"{Whole} …\".");
                    break;
                case YamlScalar { Text: Whole } when whole is not null:
                    items.AddRange(whole.Items);
                    break;
                case YamlScalar argument:
                    items.Add(new([CheckArgument(argument, place, conditional)]));
                    break;
                case YamlList group:
                    var arguments = group.Items.OfType<YamlScalar>()
                        .Select((argument, inside) => CheckArgument(argument, Paths.Item(place, inside), [])).ToArray();
                    if (!arguments.Any(argument => argument.Contains('{', StringComparison.Ordinal)))
                        mistakes.Add(group.Place, place,
                            "an inner list is left out when a value that it names is missing, so it must hold a placeholder, "
                            + "such as [--gamma, \"{gamma}\"].");
                    items.Add(new(arguments, IsOptional: true));
                    break;
            }
        }

        return StudyCommand.Of(items);
    }

    private string CheckArgument(YamlScalar argument, string path, IReadOnlyCollection<string> inactive)
    {
        // A first argument stands before it, since an empty argument is legal everywhere but in the place of the program.
        if (Template(argument, path, () => CommandTemplate.FromArguments(["x", argument.Text])) is { } template)
            CheckNames(template, argument, path, inactive);
        return argument.Text;
    }

    private CommandTemplate? Template(YamlScalar scalar, string path, Func<CommandTemplate> parse)
    {
        try
        {
            return parse();
        }
        catch (CommandTemplateException exception)
        {
            mistakes.Add(source.PlaceIn(scalar, Math.Max(0, exception.Column - 1)), path, exception.Reason);
            return null;
        }
    }

    private void CheckNames(CommandTemplate template, YamlScalar scalar, string path, IReadOnlyCollection<string> inactive)
    {
        var problems = template.Check([.. parameters.Except(CommandTemplate.BuiltInNames)], inactive)
            .ToDictionary(problem => problem.Column, problem => problem.Message);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var use in template.Uses)
        {
            Used.Add(use.Name);
            var occurrence = seen[use.Name] = seen.GetValueOrDefault(use.Name, -1) + 1;
            var place = source.PlaceOfWord(scalar, $"{{{use.Name}}}", occurrence);
            if (problems.TryGetValue(use.Column, out var problem))
            {
                var isUnknown = !parameters.Contains(use.Name);
                mistakes.Add(place, path, problem, isUnknown ? NearNames.Nearest(use.Name, parameters.Concat(CommandTemplate.BuiltInNames))
                    : null);
            }
            else if (use is { Name: "resource", IsInGroup: false } && !hasFidelity)
            {
                mistakes.Add(place, path, "{resource} has no value without a fidelity; give one, or leave it out.");
            }
        }
    }
}
