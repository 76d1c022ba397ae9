namespace Attune.StudyFiles.Keys;

/// <summary>Patterns for the JSON schema.</summary>
internal static class SchemaPattern
{
    /// <summary>
    /// A pattern that every reader of schemas understands. Classes of Unicode are not known to all of them (Python's has none), so they
    /// become all that is not ASCII: the schema lets a little more pass than the reader of study files does, and never less.
    /// </summary>
    /// <param name="pattern">A pattern of .NET.</param>
    internal static string Of(string pattern) => pattern
        .Replace(@"\p{L}", @"A-Za-z\u0080-\uFFFF", StringComparison.Ordinal)
        .Replace(@"\p{Nd}", "0-9", StringComparison.Ordinal);
}
