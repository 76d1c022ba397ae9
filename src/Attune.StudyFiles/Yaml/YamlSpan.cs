namespace Attune.StudyFiles.Yaml;

/// <summary>A part of the file's text, by character indices from 0; the end is not part of it.</summary>
internal readonly record struct YamlSpan(int Start, int End);
