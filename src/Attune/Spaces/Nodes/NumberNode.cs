using System.Globalization;
using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A float or integer parameter.</summary>
internal sealed class NumberNode(Type type, MemberPlace place, Func<Expression?, Parameter> define) : LeafNode(type, place, define)
{
    internal override Linq.Expression Materialize(Linq.ParameterExpression configuration) =>
        Type == typeof(double) ? Number(configuration) : Linq.Expression.Convert(Number(configuration), Type);

    internal override ParameterValue ToValue(object member) => member switch
    {
        int value => value,
        long value when Math.Abs((double)value) <= LargestInteger => value,
        double value when double.IsFinite(value) => value,
        float value when float.IsFinite(value) => Widen(value),
        _ => throw new SpaceException(Name, $"{Literals.Show(member)} is not allowed; allowed is {Definition.Describe()}."),
    };

    internal override object MakeDefault() => Convert.ChangeType(Definition.Default.AsDouble(), Type, CultureInfo.InvariantCulture);

    private const double LargestInteger = 9007199254740992;

    // 0.1f is 0.10000000149011612 as a double: above a bound of 0.1 and off steps of 0.1. What is meant is the shortest number that
    // rounds to it, or the bound that does.
    private double Widen(float value)
    {
        var numeric = (NumericParameter)Definition;
        if (value == (float)numeric.Low)
            return numeric.Low;
        if (value == (float)numeric.High && numeric.Check(numeric.High) is null)
            return numeric.High;
        var shortest = Literals.Widen(value);
        return (float)shortest == value ? shortest : value;
    }
}
