using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A part that is one parameter.</summary>
internal abstract class LeafNode : SpaceNode
{
    private readonly Func<Expression?, Parameter> _define;

    /// <exception cref="SpaceException">The definition is not legal.</exception>
    private protected LeafNode(Type type, MemberPlace place, Func<Expression?, Parameter> define)
        : base(type)
    {
        _define = define;
        Place = place;
        Definition = define(null);
    }

    internal MemberPlace Place { get; }

    /// <summary>The parameter without its condition, which can only be read when all names are known.</summary>
    internal Parameter Definition { get; }

    internal string Name => Definition.Name;

    /// <summary>The parameter's index in the space.</summary>
    internal int Index { get; set; }

    internal override int? Presence => Index;

    /// <summary>The parameter with its condition.</summary>
    internal Parameter Define(Expression? activation) => activation is null ? Definition : _define(activation);

    /// <summary>The value of a literal in a condition.</summary>
    /// <exception cref="SpaceException">The literal is not a legal value of this parameter.</exception>
    internal ParameterValue Literal(object? literal)
    {
        if (!Literals.TryConvert(literal, Type, out var member))
            throw new SpaceException(Name, $"{Literals.Show(literal)} is not a value of type {TypeNames.Of(Type)}.");
        var value = ToValue(member);
        Definition.ToNumber(value);
        return value;
    }

    /// <summary>Whether a member's value is a legal one of the parameter.</summary>
    internal bool Accepts(object member)
    {
        try
        {
            Definition.ToNumber(ToValue(member));
            return true;
        }
        catch (SpaceException)
        {
            return false;
        }
    }

    internal override void Read(object? value, ICollection<KeyValuePair<string, ParameterValue>> values)
    {
        if (value is not null)
            values.Add(new(Name, ToValue(value)));
    }

    /// <summary>The parameter's value for a member's value; perhaps not a legal one.</summary>
    /// <exception cref="SpaceException">There is no such parameter value.</exception>
    internal abstract ParameterValue ToValue(object member);

    private protected Linq.Expression Number(Linq.ParameterExpression configuration) => ConfigurationCode.Number(configuration, Index);
}
