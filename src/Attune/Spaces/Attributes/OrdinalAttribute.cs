namespace Attune;

/// <summary>
/// One of several choices in ascending order, of which neighbours are close: texts, numbers or enum values, as the member's type is;
/// without any, all values of an enum in the order of their declaration.
/// </summary>
/// <param name="choices">All different, ascending; constants of the member's type.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OrdinalAttribute(params object[] choices) : Attribute
{
    /// <summary>The choices in ascending order.</summary>
    public IReadOnlyList<object> Choices { get; } = choices ?? [];

    /// <summary>One of the choices; null, the default, for the member's own initial value or else the first choice.</summary>
    public object? Default { get; set; }
}
