namespace Attune;

/// <summary>A setting that a study keeps for life, and in which the definition that it is opened with differs.</summary>
/// <param name="Setting">The setting, as study files name it.</param>
/// <param name="Stored">What the study began with.</param>
/// <param name="Wanted">What the definition says.</param>
public sealed record SettingDifference(string Setting, string Stored, string Wanted)
{
    /// <summary>Such as <c>seed was 0 and is now 7</c>.</summary>
    public override string ToString() => $"{Setting} was {Stored} and is now {Wanted}";
}
