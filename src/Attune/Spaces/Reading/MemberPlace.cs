namespace Attune;

/// <summary>Where a part of a typed space stands in code.</summary>
/// <param name="Owner">The type that declares the member, as C# writes it.</param>
/// <param name="Member">The member; null for the type itself.</param>
/// <param name="Path">The members that lead to it from the root, joined by points; empty for the root.</param>
internal sealed record MemberPlace(string Owner, string? Member, string Path)
{
    /// <summary>Type and member, such as <c>SvmParameters.Gamma</c>.</summary>
    public override string ToString() => Member is null ? Owner : $"{Owner}.{Member}";
}
