namespace Attune.StudyFiles;

/// <summary>One thing that is wrong in a study file, or doubtful, with its place.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Path">The keys that lead to it, such as <c>space.gamma.low</c> or <c>objectives[0].metric</c>; empty for the file
/// itself.</param>
/// <param name="Message">What was found and what is allowed.</param>
/// <param name="Suggestion">What may have been meant, such as the nearest known name; null when nothing is near.</param>
public sealed record StudyFileMistake(int Line, int Column, string Path, string Message, string? Suggestion = null)
{
    /// <summary>The mistake in one line: <c>line:column path: message Did you mean …?</c></summary>
    public override string ToString()
    {
        var path = Path.Length == 0 ? "" : $"{Path}: ";
        var question = Suggestion is null ? "" : $" Did you mean '{Suggestion}'?";
        return FormattableString.Invariant($"{Line}:{Column} {path}{Message}{question}");
    }
}
