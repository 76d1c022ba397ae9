using Attune.Internal;

namespace Attune;

/// <summary>
/// An expression bound to the parameters of one space. It evaluates on internal numbers; NaN is an inactive parameter or an
/// unknown truth value.
/// </summary>
internal sealed class CompiledExpression
{
    private const double Unknown = double.NaN;

    private readonly Func<double[], double> _evaluate;

    private CompiledExpression(Expression source, Func<double[], double> evaluate, int[] parameters)
    {
        Source = source;
        _evaluate = evaluate;
        Parameters = parameters;
    }

    internal Expression Source { get; }

    /// <summary>The indices of the parameters that occur.</summary>
    internal int[] Parameters { get; }

    /// <summary>True, false, or null when it depends on an inactive parameter.</summary>
    internal bool? Evaluate(double[] numbers)
    {
        var result = _evaluate(numbers);
        return double.IsNaN(result) ? null : result != 0;
    }

    /// <exception cref="SpaceException">A name is unknown, or kinds do not fit.</exception>
    internal static CompiledExpression Compile(
        Expression expression, IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, int> index)
    {
        var binder = new Binder(expression, parameters, index);
        return new(expression, binder.Logic(expression.Root), [.. expression.Names().Select(name => index[name])]);
    }

    private sealed class Binder(Expression expression, IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, int> index)
    {
        internal Func<double[], double> Logic(ExpressionNode node)
        {
            switch (node)
            {
                case UnaryNode { IsNot: true } negation:
                    var operand = Logic(negation.Operand);
                    return numbers => 1 - operand(numbers);
                case BinaryNode { Operator: BinaryOperator.And } both:
                    var (a, b) = (Logic(both.Left), Logic(both.Right));
                    return numbers => a(numbers) is var left && left == 0 ? 0 : b(numbers) is var right && right == 0 ? 0 : left * right;
                case BinaryNode { Operator: BinaryOperator.Or } either:
                    var (c, d) = (Logic(either.Left), Logic(either.Right));
                    return numbers => c(numbers) is var left && left == 1 ? 1 : d(numbers) is var right && right == 1 ? 1 : left + right;
                case BinaryNode { Operator: <= BinaryOperator.GreaterOrEqual } comparison:
                    return Compare(comparison);
                case InNode inside:
                    var tests = inside.Values
                        .Select(value => Compare(new BinaryNode(BinaryOperator.Equal, inside.Subject, new LiteralNode(value)))).ToArray();
                    return numbers => AnyTrue(tests, numbers);
                case LiteralNode { Value: { Kind: ParameterValue.ValueKind.Boolean } value }:
                    var constant = value.AsBoolean() ? 1.0 : 0;
                    return _ => constant;
                case NameNode name when Find(name.Name) is var (position, parameter) && IsTruth(parameter):
                    var truth = parameter.ToNumber(true);
                    return numbers => double.IsNaN(numbers[position]) ? Unknown : numbers[position] == truth ? 1 : 0;
                default:
                    throw Error($"'{Excerpt(node)}' is not a condition; compare it with something.");
            }
        }

        private static double AnyTrue(Func<double[], double>[] tests, double[] numbers)
        {
            var result = 0.0;
            foreach (var test in tests)
            {
                var one = test(numbers);
                if (one == 1)
                    return 1;
                result += one;
            }

            return result;
        }

        private Func<double[], double> Compare(BinaryNode comparison)
        {
            // A choice against a literal compares codes, so that texts and truth values work and ordinals have their order.
            if (comparison is { Left: NameNode name, Right: LiteralNode literal } && Find(name.Name).Parameter is ChoiceParameter choice
                && !(choice.IsNumeric && choice.Kind == ParameterKind.Categorical && comparison.Operator > BinaryOperator.NotEqual))
            {
                if (choice.Kind == ParameterKind.Categorical && comparison.Operator > BinaryOperator.NotEqual)
                    throw Error($"'{choice.Name}' has no order; use == or != or in.");
                var code = Code(choice, literal.Value);
                var position = Find(name.Name).Position;
                var test = Test(comparison.Operator);
                return numbers => double.IsNaN(numbers[position]) ? Unknown : test(numbers[position], code) ? 1 : 0;
            }

            if (comparison is { Left: LiteralNode, Right: NameNode })
                return Compare(new BinaryNode(Mirror(comparison.Operator), comparison.Right, comparison.Left));
            var (left, right) = (Number(comparison.Left), Number(comparison.Right));
            var compare = Test(comparison.Operator);
            return numbers =>
            {
                var (x, y) = (left(numbers), right(numbers));
                return double.IsNaN(x) || double.IsNaN(y) ? Unknown : compare(x, y) ? 1 : 0;
            };
        }

        private double Code(ChoiceParameter choice, ParameterValue value)
        {
            try
            {
                return choice.ToNumber(value);
            }
            catch (SpaceException exception)
            {
                throw Error(exception.Message);
            }
        }

        private Func<double[], double> Number(ExpressionNode node)
        {
            switch (node)
            {
                case LiteralNode { Value: { IsNumber: true } value }:
                    var constant = value.AsDouble();
                    return _ => constant;
                case NameNode name:
                    var (position, parameter) = Find(name.Name);
                    if (parameter is not ChoiceParameter choice)
                        return numbers => numbers[position];
                    if (!choice.IsNumeric)
                        throw Error($"'{name.Name}' holds choices that are not numbers, so it cannot be calculated with.");
                    var values = choice.Choices.Select(item => item.AsDouble()).ToArray();
                    return numbers => double.IsNaN(numbers[position]) ? Unknown : values[(int)numbers[position]];
                case UnaryNode { IsNot: false } minus:
                    var operand = Number(minus.Operand);
                    return numbers => -operand(numbers);
                case CallNode call:
                    var arguments = call.Arguments.Select(Number).ToArray();
                    var function = ExpressionFunctions.Bind(call.Function);
                    return numbers => function([.. arguments.Select(argument => argument(numbers))]);
                case BinaryNode { Operator: >= BinaryOperator.Add } binary:
                    var (left, right) = (Number(binary.Left), Number(binary.Right));
                    return binary.Operator switch
                    {
                        BinaryOperator.Add => numbers => left(numbers) + right(numbers),
                        BinaryOperator.Subtract => numbers => left(numbers) - right(numbers),
                        BinaryOperator.Multiply => numbers => left(numbers) * right(numbers),
                        BinaryOperator.Divide => numbers => left(numbers) / right(numbers),
                        _ => numbers => ExpressionFunctions.Power(left(numbers), right(numbers)),
                    };
                default:
                    throw Error($"{Excerpt(node)} is not a number.");
            }
        }

        private (int Position, Parameter Parameter) Find(string name) => index.TryGetValue(name, out var position)
            ? (position, parameters[position])
            : throw Error(NearNames.Unknown("parameter", name, parameters.Select(p => p.Name)));

        private static bool IsTruth(Parameter parameter) =>
            parameter is ChoiceParameter choice && choice.Choices.Contains(true)
                && choice.Choices.All(c => c.Kind == ParameterValue.ValueKind.Boolean);

        private static Func<double, double, bool> Test(BinaryOperator operation) => operation switch
        {
            BinaryOperator.Equal => static (x, y) => x == y,
            BinaryOperator.NotEqual => static (x, y) => x != y,
            BinaryOperator.Less => static (x, y) => x < y,
            BinaryOperator.LessOrEqual => static (x, y) => x <= y,
            BinaryOperator.Greater => static (x, y) => x > y,
            _ => static (x, y) => x >= y,
        };

        private static BinaryOperator Mirror(BinaryOperator operation) => operation switch
        {
            BinaryOperator.Less => BinaryOperator.Greater,
            BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
            BinaryOperator.Greater => BinaryOperator.Less,
            BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
            _ => operation,
        };

        private static string Excerpt(ExpressionNode node) => Expression.Excerpt(ExpressionWriter.Write(node), 0);

        private SpaceException Error(string message) => new($"Expression '{Expression.Excerpt(expression.Text, 0)}': {message}");
    }
}
