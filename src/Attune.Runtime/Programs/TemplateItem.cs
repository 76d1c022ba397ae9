namespace Attune.Programs;

/// <summary>Arguments of a command, each a sequence of segments, that are there together or not at all.</summary>
internal sealed record TemplateItem(IReadOnlyList<IReadOnlyList<TemplateSegment>> Arguments, bool IsOptional);

/// <summary>Literal text, or the name of a placeholder.</summary>
internal sealed record TemplateSegment(string Text, bool IsPlaceholder, int Column);
