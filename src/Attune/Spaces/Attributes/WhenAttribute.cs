namespace Attune;

/// <summary>
/// The condition under which a member is active; several of them must all be true. While it is not, a nullable member is null and
/// another one has the value of <see cref="Otherwise"/>.
/// </summary>
/// <remarks>
/// Names in a condition are looked up among the members of the same type first, then outwards; both the names of parameters
/// (<c>learning_rate</c>) and of members (<c>LearningRate</c>) are known.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class WhenAttribute : Attribute
{
    /// <summary>Active when a condition is true.</summary>
    /// <param name="condition">Such as <c>model == 'svm'</c>, or the name of a true-or-false member; see <see cref="Expression"/>.</param>
    public WhenAttribute(string condition) => Condition = condition ?? "";

    /// <summary>Active when a member has one of some values.</summary>
    /// <param name="member">The name of a member, best by <c>nameof</c>.</param>
    /// <param name="values">At least one constant of that member's type.</param>
    public WhenAttribute(string member, params object[] values)
    {
        Condition = member ?? "";
        Values = values ?? [];
    }

    /// <summary>The condition; with <see cref="Values"/>, the name of a member.</summary>
    public string Condition { get; }

    /// <summary>The values that make the member active; null when the condition is an expression.</summary>
    public IReadOnlyList<object>? Values { get; }

    /// <summary>
    /// What the member is while it is inactive: a constant of its type, in range or not. Null, the default, needs a nullable member.
    /// </summary>
    public object? Otherwise { get; set; }
}
