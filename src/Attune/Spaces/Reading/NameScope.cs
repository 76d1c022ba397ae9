namespace Attune;

/// <summary>A type whose members are looked up by their own names; what is not found there is looked up in the outer one.</summary>
/// <param name="Outer">The scope around; null for the root.</param>
/// <param name="Names">What the names of its parameters start with; empty for the root.</param>
/// <param name="Path">What the paths of its members start with; empty for the root.</param>
internal sealed record NameScope(NameScope? Outer, string Names, string Path)
{
    internal static NameScope Root { get; } = new(null, "", "");

    /// <summary>The parameter name of a member.</summary>
    internal string Name(string member) => Join(Names, member);

    /// <summary>The path of a member.</summary>
    internal string PathOf(string member) => Join(Path, member);

    private static string Join(string prefix, string last) => prefix.Length == 0 ? last : $"{prefix}.{last}";
}
