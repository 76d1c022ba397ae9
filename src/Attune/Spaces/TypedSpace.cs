using System.Diagnostics.CodeAnalysis;

namespace Attune;

/// <summary>Search spaces given by a type: its members are the parameters, its attributes their ranges.</summary>
/// <example><code>
/// record SvmParameters(
///     [Float(1e-3, 1e3, Scale = Scale.Log)] double Cost,
///     Kernel Kernel,
///     [Float(1e-5, 10, Scale = Scale.Log)] [When(nameof(Kernel), Kernel.Gaussian)] double? Gamma);
///
/// var space = TypedSpace.Of&lt;SvmParameters&gt;();
/// </code></example>
public static class TypedSpace
{
    /// <summary>The typed space of a record, class or struct; read once and kept.</summary>
    /// <typeparam name="T">
    /// <para>The constructor's parameters and the public properties with set or init are the parameters of the space, in this order;
    /// base types first. Numbers need <see cref="FloatAttribute"/>, <see cref="IntAttribute"/>, <see cref="ChoiceAttribute"/> or
    /// <see cref="OrdinalAttribute"/>; texts one of the latter two; truth values and enums nothing. A member whose type has members of
    /// its own gives their parameters, named <c>outer.inner</c>. A member of an abstract type with <see cref="ChoiceAttribute"/> gives a
    /// categorical parameter that says which case, and the parameters of each case, named <c>member.case.inner</c> and active when it is
    /// chosen.</para>
    /// <para>Names are turned to snake case unless <see cref="NameAttribute"/> gives another. <see cref="WhenAttribute"/> puts a member
    /// under a condition; <see cref="NotTunedAttribute"/> keeps one out. The default of a constructor's parameter, or the initial value
    /// of a property unless it is 0, false or null, is the parameter's default where the attribute gives none.</para>
    /// </typeparam>
    /// <exception cref="SpaceException">The type has mistakes; the message lists them with type and member.</exception>
    [RequiresUnreferencedCode("The members of nested types and of cases are found by reflection.")]
    [RequiresDynamicCode("Values are made by code compiled at run time.")]
    public static TypedSpace<T> Of<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>()
        where T : notnull => Kept<T>.Space.Value;

    private static class Kept<T>
        where T : notnull
    {
        internal static readonly Lazy<TypedSpace<T>> Space = new(static () =>
        {
            var (space, root) = SpaceReader.Read(typeof(T));
            return new(space, root);
        });
    }
}
