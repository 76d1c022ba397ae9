using Attune.Programs;

namespace Attune.StudyFiles;

/// <summary>A command as the study file has it: one text that is split into arguments, or a list of arguments. No shell reads it.</summary>
public sealed record StudyCommand
{
    private StudyCommand(string? line, IReadOnlyList<CommandItem> items) => (Line, Items) = (line, items);

    /// <summary>The command when it is one text; null when it is a list.</summary>
    public string? Line { get; }

    /// <summary>The arguments when it is a list; empty when it is one text.</summary>
    public IReadOnlyList<CommandItem> Items { get; }

    /// <summary>A command that is one text.</summary>
    /// <param name="line">The text, such as <c>python train.py --rate {rate}</c>.</param>
    public static StudyCommand Of(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return new(line, []);
    }

    /// <summary>A command that is a list of arguments.</summary>
    /// <param name="items">Arguments and optional groups of arguments.</param>
    public static StudyCommand Of(IReadOnlyList<CommandItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(null, items);
    }

    /// <summary>The command as a template to be filled in.</summary>
    /// <exception cref="CommandTemplateException">It is not a template; commands of a checked study file always are.</exception>
    public CommandTemplate ToTemplate() => Line is not null ? CommandTemplate.Parse(Line) : CommandTemplate.FromArguments(Items);

    /// <inheritdoc/>
    public bool Equals(StudyCommand? other) => other is not null && Line == other.Line && Items.Count == other.Items.Count
        && Items.Zip(other.Items)
            .All(pair => pair.First.IsOptional == pair.Second.IsOptional && pair.First.Arguments.SequenceEqual(pair.Second.Arguments));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Line, Items.Count);

    /// <summary>The command as a person reads it.</summary>
    public override string ToString() => Line ?? string.Join(' ', Items
        .Select(item => item.IsOptional ? $"[{string.Join(' ', item.Arguments)}]" : string.Join(' ', item.Arguments)));
}
