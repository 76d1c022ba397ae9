using System.Text;

namespace Attune.Programs;

/// <summary>
/// A command line with places for values. It is split into arguments first and filled in afterwards, and no shell ever reads it,
/// so that each value reaches the program intact, as one argument or as part of one, whatever characters it holds.
/// </summary>
/// <remarks>
/// <para>
/// A command that is one text is split by the rules of a shell: blanks separate arguments; single quotes keep everything; double
/// quotes keep
/// everything except a backslash before <c>" \ $ ` { }</c> or a line end; outside quotes a backslash keeps the next character.
/// Nothing is expanded: no variables, no wildcards, no substitutions.
/// </para>
/// <para>
/// <c>{name}</c> is the place of a value, inside quotes too; <c>{{</c> and <c>}}</c> are braces.
/// <c>[--gamma {gamma}]</c> is an optional group: its arguments are left out when a value that it names is missing
/// (an inactive parameter, no checkpoint yet). A bracket opens a group only at the start of an argument.
/// </para>
/// </remarks>
public sealed class CommandTemplate
{
    private readonly IReadOnlyList<TemplateItem> _items;

    internal CommandTemplate(string text, IReadOnlyList<TemplateItem> items)
    {
        Text = text;
        _items = items;
        Uses =
        [
            .. from item in items
               from argument in item.Arguments
               from segment in argument
               where segment.IsPlaceholder
               select new PlaceholderUse(segment.Text, segment.Column, item.IsOptional),
        ];
    }

    /// <summary>
    /// The names that are always known: the trial's number, its seed, the path of the file with its configuration, its folder,
    /// the path of its checkpoint, and the resource to train with.
    /// </summary>
    public static IReadOnlyList<string> BuiltInNames { get; } = ["trial", "seed", "config", "folder", "checkpoint", "resource"];

    /// <summary>The command as it was written; the arguments joined by blanks when it was given as a list.</summary>
    public string Text { get; }

    /// <summary>Every place for a value, in the order of the command.</summary>
    public IReadOnlyList<PlaceholderUse> Uses { get; }

    /// <summary>Reads a command that is one text.</summary>
    /// <param name="text">The command, as in <c>python train.py --rate {rate} [--gamma {gamma}]</c>.</param>
    /// <returns>The template.</returns>
    /// <exception cref="CommandTemplateException">A quote, brace or bracket is not closed, or the command is empty.</exception>
    public static CommandTemplate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CommandTemplate(text, new CommandTemplateParser(text).ParseCommand());
    }

    /// <summary>Reads a command that is a list of arguments, where quotes, blanks and brackets mean themselves.</summary>
    /// <param name="items">The program and its arguments.</param>
    /// <returns>The template.</returns>
    /// <exception cref="CommandTemplateException">A brace is not closed, or there is no program.</exception>
    public static CommandTemplate FromArguments(IReadOnlyList<CommandItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var parsed = new List<TemplateItem>();
        var number = 0;
        foreach (var item in items)
        {
            IReadOnlyList<TemplateSegment>[] arguments = [.. item.Arguments.Select(a => CommandTemplateParser.ParseArgument(a, ++number))];
            if (item.IsOptional && !arguments.Any(a => a.Any(s => s.IsPlaceholder)))
                throw new CommandTemplateException(CommandTemplateParser.GroupWithoutPlaceholder, 1, Math.Max(number, 1));
            parsed.Add(new TemplateItem(arguments, item.IsOptional));
        }

        CommandTemplateParser.RequireProgram(parsed);
        return new CommandTemplate(string.Join(' ', items.SelectMany(i => i.Arguments)), parsed);
    }

    /// <summary>Checks the names that the command uses against the parameters of a search space.</summary>
    /// <param name="parameters">The names of all parameters.</param>
    /// <param name="conditional">The names of those that are inactive in some configurations.</param>
    /// <returns>Every mistake, in the order of the command; empty when there is none.</returns>
    public IReadOnlyList<CommandProblem> Check(IReadOnlyCollection<string> parameters, IReadOnlyCollection<string> conditional)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(conditional);
        var problems = new List<CommandProblem>();
        foreach (var use in Uses)
        {
            var isParameter = parameters.Contains(use.Name);
            var isBuiltIn = BuiltInNames.Contains(use.Name);
            if (isParameter && isBuiltIn)
                problems.Add(new(use.Column, $"{{{use.Name}}} is the name of a parameter and of a built-in value; rename the parameter."));
            else if (!isParameter && !isBuiltIn)
                problems.Add(new(use.Column, DescribeUnknown(use.Name, parameters)));
            else if (!use.IsInGroup && conditional.Contains(use.Name))
            {
                problems.Add(new(
                    use.Column,
                    $"{{{use.Name}}} is not active in every configuration, so it must stand in an optional group, "
                    + $"as in [--{use.Name} {{{use.Name}}}]."));
            }
        }

        return problems;
    }

    /// <summary>Fills in the values.</summary>
    /// <param name="values">The values by name. A name that is missing here is inactive: groups that use it are left out.</param>
    /// <returns>The program and its arguments.</returns>
    /// <exception cref="InvalidOperationException">A name that is used outside a group has no value.</exception>
    public IReadOnlyList<string> Render(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var arguments = new List<string>();
        foreach (var item in _items)
        {
            if (item.IsOptional && item.Arguments.Any(a => a.Any(s => s.IsPlaceholder && !values.ContainsKey(s.Text))))
                continue;
            foreach (var argument in item.Arguments)
                arguments.Add(Fill(argument, values));
        }

        return arguments;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Fill(IReadOnlyList<TemplateSegment> argument, IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder();
        foreach (var segment in argument)
        {
            if (!segment.IsPlaceholder)
                filled.Append(segment.Text);
            else if (values.TryGetValue(segment.Text, out var value))
                filled.Append(value);
            else
            {
                throw new InvalidOperationException(
                    $"The command uses {{{segment.Text}}} outside an optional group, but it has no value in this trial; "
                    + $"write it in a group, as in [--{segment.Text} {{{segment.Text}}}].");
            }
        }

        return filled.ToString();
    }

    private string DescribeUnknown(string name, IReadOnlyCollection<string> parameters)
    {
        var known = parameters.Count == 0 ? "there are no parameters" : "the parameters are " + string.Join(", ", parameters);
        var hint = Text.Contains("${" + name, StringComparison.Ordinal)
            ? " Variables of the environment are not expanded, since no shell reads the command."
            : "";
        return $"{{{name}}} is unknown: {known}, the built-in values are {string.Join(", ", BuiltInNames)}; "
            + $"a literal brace is {{{{ or }}}}.{hint}";
    }
}
