using System.Text;

namespace Attune.StudyFiles.Tests.Golden;

/// <summary>A wrong study file and what it is told.</summary>
internal sealed record GoldenCase(string Title, StringBuilder Text, StringBuilder Messages);
