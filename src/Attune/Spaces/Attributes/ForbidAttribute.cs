namespace Attune;

/// <summary>Forbids every combination that meets a condition.</summary>
/// <param name="condition">
/// Such as <c>model == 'svm' and rank &gt; 500</c>; names are looked up as <see cref="WhenAttribute"/> says.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class ForbidAttribute(string condition) : Attribute
{
    /// <summary>The condition that no configuration may meet.</summary>
    public string Condition { get; } = condition;
}
