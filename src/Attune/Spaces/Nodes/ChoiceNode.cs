using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A categorical or ordinal parameter, whose choices stand for values of the member's type.</summary>
internal sealed class ChoiceNode : LeafNode
{
    private readonly Array _members;
    private readonly ParameterValue[] _choices;

    internal ChoiceNode(
        Type type, MemberPlace place, IReadOnlyList<(object Member, ParameterValue Choice)> choices, Func<Expression?, Parameter> define)
        : base(type, place, define)
    {
        _choices = [.. choices.Select(pair => pair.Choice)];
        _members = Array.CreateInstance(type, choices.Count);
        for (var code = 0; code < choices.Count; code++)
            _members.SetValue(choices[code].Member, code);
    }

    internal override Linq.Expression Materialize(Linq.ParameterExpression configuration) =>
        Linq.Expression.ArrayIndex(Linq.Expression.Constant(_members), Code(configuration));

    /// <summary>The code of the choice.</summary>
    internal Linq.Expression Code(Linq.ParameterExpression configuration) => Linq.Expression.Convert(Number(configuration), typeof(int));

    internal override ParameterValue ToValue(object member)
    {
        var code = Array.IndexOf(_members, member);
        return code >= 0
            ? _choices[code]
            : throw new SpaceException(Name, $"{Literals.Show(member)} is not a choice; allowed are {string.Join(", ", _choices)}.");
    }

    internal override object MakeDefault() => _members.GetValue(Array.IndexOf(_choices, Definition.Default))!;
}
