using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A part under a condition of its own; while that is not true, the member has a constant value (mostly null).</summary>
/// <param name="inner">The part, which has a <see cref="SpaceNode.Presence"/>.</param>
/// <param name="type">The member's type, a nullable one of the part's type perhaps.</param>
/// <param name="otherwise">The value while the part is inactive.</param>
internal sealed class OptionalNode(SpaceNode inner, Type type, object? otherwise) : SpaceNode(type)
{
    internal override int? Presence => null;

    internal override Linq.Expression Materialize(Linq.ParameterExpression configuration)
    {
        var active = inner.Materialize(configuration);
        return Linq.Expression.Condition(
            ConfigurationCode.IsActive(configuration, inner.Presence!.Value),
            active.Type == Type ? active : Linq.Expression.Convert(active, Type),
            Linq.Expression.Constant(otherwise, Type));
    }

    // Whether the member is active is known only when all values are, so a legal value is given in any case (and left aside when inactive).
    internal override void Read(object? value, ICollection<KeyValuePair<string, ParameterValue>> values)
    {
        if (value is not null && !(value.Equals(otherwise) && inner is LeafNode leaf && !leaf.Accepts(value)))
            inner.Read(value, values);
    }

    internal override object MakeDefault() => inner.MakeDefault();
}
