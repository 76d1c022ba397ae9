namespace Attune;

/// <summary>
/// One of several choices without order: texts, numbers or enum values, as the member's type is; without any, all values of an enum.
/// On an abstract type, or on a member of such a type, the choices are the types that may stand for it: each is a case with
/// parameters of its own.
/// </summary>
/// <param name="choices">All different; constants of the member's type, or types.</param>
/// <example><code>
/// [Choice(typeof(Svm), typeof(Logistic))]
/// abstract record Model;
/// </code></example>
[AttributeUsage(
    AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class ChoiceAttribute(params object[] choices) : Attribute
{
    /// <summary>The choices in order.</summary>
    public IReadOnlyList<object> Choices { get; } = choices ?? [];

    /// <summary>One of the choices; null, the default, for the member's own initial value or else the first choice.</summary>
    public object? Default { get; set; }
}
