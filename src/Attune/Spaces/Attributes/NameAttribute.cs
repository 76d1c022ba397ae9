namespace Attune;

/// <summary>
/// The name that a member's parameter, an enum value's choice or a case of an abstract type has in the search space, in place of the
/// name in code turned to snake case (<c>LearningRate</c> is <c>learning_rate</c>).
/// </summary>
/// <param name="name">Not blank. A name is an identity: changing it makes stored studies of the space unreadable by the type.</param>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Struct,
    Inherited = false)]
public sealed class NameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
