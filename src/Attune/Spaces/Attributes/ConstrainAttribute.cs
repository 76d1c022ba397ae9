namespace Attune;

/// <summary>Demands a rule of every configuration; it holds unless it is false.</summary>
/// <param name="rule">Such as <c>batch * width &lt;= 65536</c>; names are looked up as <see cref="WhenAttribute"/> says.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class ConstrainAttribute(string rule) : Attribute
{
    /// <summary>The rule that every configuration obeys.</summary>
    public string Rule { get; } = rule;
}
