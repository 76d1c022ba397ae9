namespace Attune.Programs;

/// <summary>A part of a command that is given as a list: one argument, or an optional group of them.</summary>
/// <param name="Arguments">The arguments, at least one; placeholders are allowed, quotes and brackets mean themselves.</param>
/// <param name="IsOptional">Whether the arguments are left out together when a value that they name is missing.</param>
public sealed record CommandItem(IReadOnlyList<string> Arguments, bool IsOptional = false)
{
    /// <summary>Makes an item of one argument that is always there.</summary>
    /// <param name="argument">The argument.</param>
    public static implicit operator CommandItem(string argument) => FromString(argument);

    /// <summary>Makes an item of one argument that is always there.</summary>
    /// <param name="argument">The argument.</param>
    /// <returns>The item.</returns>
    public static CommandItem FromString(string argument) => new([argument]);
}
