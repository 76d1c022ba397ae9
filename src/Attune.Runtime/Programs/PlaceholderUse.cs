namespace Attune.Programs;

/// <summary>One place in a command where a value is put in.</summary>
/// <param name="Name">The name between the braces: a parameter or one of <see cref="CommandTemplate.BuiltInNames"/>.</param>
/// <param name="Column">The column of the opening brace, from 1; in a list of arguments, counted within its argument.</param>
/// <param name="IsInGroup">Whether the place is inside an optional group, which is left out when a value is missing.</param>
public sealed record PlaceholderUse(string Name, int Column, bool IsInGroup);
