namespace Attune.StudyFiles.Keys;

/// <summary>A key of the study file: the one place where its name, its shape and its meaning stand.</summary>
/// <param name="Name">The key, in snake_case.</param>
/// <param name="Shape">What its value may look like.</param>
/// <param name="Description">What it means, in one or two sentences.</param>
/// <param name="Default">What holds when it is left out, in words; null when it is required or when nothing holds then.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Key(string Name, Shape Shape, string Description, string? Default = null, bool IsRequired = false);
