using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>One of several types, each with parts of its own; a categorical parameter says which.</summary>
/// <param name="type">The type that all cases derive from.</param>
/// <param name="choice">The parameter; its members are the cases' types.</param>
/// <param name="cases">The cases in the order of the choices.</param>
internal sealed class CasesNode(Type type, ChoiceNode choice, IReadOnlyList<SpaceNode> cases) : SpaceNode(type)
{
    internal override int? Presence => choice.Presence;

    internal override Linq.Expression Materialize(Linq.ParameterExpression configuration) => Linq.Expression.Switch(
        Type,
        choice.Code(configuration),
        Linq.Expression.Default(Type),
        comparison: null,
        cases.Select((part, code) => Linq.Expression.SwitchCase(
            Linq.Expression.Convert(part.Materialize(configuration), Type), Linq.Expression.Constant(code))));

    internal override void Read(object? value, ICollection<KeyValuePair<string, ParameterValue>> values)
    {
        if (value is null)
            return;
        var found = cases.FirstOrDefault(part => part is CasesNode ? part.Type.IsInstanceOfType(value) : part.Type == value.GetType());
        choice.Read(found?.Type ?? value.GetType(), values);
        found?.Read(value, values);
    }

    internal override object MakeDefault() =>
        cases.First(part => part.Type.Equals(choice.MakeDefault())).MakeDefault();
}
