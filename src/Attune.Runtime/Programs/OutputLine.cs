namespace Attune.Programs;

/// <summary>A line that a program wrote.</summary>
/// <param name="Text">The text without its line end; bytes that are not UTF-8 are replaced by U+FFFD.</param>
/// <param name="IsTransient">Whether it ended with a carriage return alone, as the states of a progress bar do.</param>
/// <param name="IsCut">Whether the line was longer than the limit, and its end is missing.</param>
internal readonly record struct OutputLine(string Text, bool IsTransient = false, bool IsCut = false);
