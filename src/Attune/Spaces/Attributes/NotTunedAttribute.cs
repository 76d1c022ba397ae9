namespace Attune;

/// <summary>
/// Keeps a member out of the search space: a property keeps its initial value, a constructor parameter takes its default value.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotTunedAttribute : Attribute
{
}
