namespace Attune;

/// <summary>
/// Names a sampler or scheduler in journals and study files: a name, a version, and options that differ from the defaults.
/// </summary>
/// <param name="Name">The registered name, lower case with hyphens, such as <c>gp-ucb</c>.</param>
/// <param name="Version">Raised whenever the same journal would lead to another proposal.</param>
/// <param name="Options">A JSON object of options; <c>{}</c> for the defaults.</param>
public sealed record MethodDescriptor(string Name, int Version, string Options = "{}")
{
    /// <summary>Name, version and options in one line.</summary>
    public override string ToString() => Options == "{}" ? $"{Name} v{Version}" : $"{Name} v{Version} {Options}";
}
