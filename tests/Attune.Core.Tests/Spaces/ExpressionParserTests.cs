using System.Globalization;
using CsCheck;

namespace Attune.Core.Tests.Spaces;

public sealed class ExpressionParserTests
{
    private static readonly Gen<ParameterValue> Literal = Gen.OneOf(
        Gen.Long[-1000, 1000].Select(value => ParameterValue.Of(value)),
        Gen.Double.Where(double.IsFinite).Select(value => ParameterValue.Of(value)),
        Gen.Bool.Select(value => ParameterValue.Of(value)),
        Gen.String.Where(text => !text.Any(char.IsSurrogate)).Select(value => ParameterValue.Of(value)));

    private static readonly Gen<ExpressionNode> Leaf = Gen.OneOf(
        Literal.Select(value => (ExpressionNode)new LiteralNode(value)), SpaceGenerators.Name.Select(name => (ExpressionNode)new NameNode(name)));

    private static readonly Gen<ExpressionNode> Tree = Gen.Recursive<ExpressionNode>((depth, self) => depth > 5 ? Leaf : Gen.OneOf(
        Leaf,
        Gen.Select(Gen.Enum<BinaryOperator>(), self, self, (operation, left, right) => (ExpressionNode)new BinaryNode(operation, left, right)),
        Gen.Select(Gen.Bool, self, (isNot, operand) => Unary(isNot, operand)),
        Gen.Select(self, Literal.Array[1, 4], (subject, values) => (ExpressionNode)new InNode(subject, [.. values])),
        Gen.Select(Gen.OneOf("log", "sqrt", "ceil"), self, (function, argument) => (ExpressionNode)new CallNode(function, [argument])),
        Gen.Select(Gen.OneOf("min", "max"), self.Array[2, 3], (function, arguments) => (ExpressionNode)new CallNode(function, [.. arguments]))));

    [Fact]
    public void Parse_OfTheCanonicalTextOfAnyTree_GivesTheSameTree() =>
        Tree.Sample(tree =>
        {
            var text = ExpressionWriter.Write(tree);
            var parsed = Expression.Parse(text);
            Assert.Equal(text, parsed.Text);
            Assert.Equal(Shape(tree), Shape(parsed.Root));
        }, iter: 5_000);

    [Theory]
    [InlineData("a or b and c", "a or (b and c)")]
    [InlineData("not a == 1 and b", "(not (a == 1)) and b")]
    [InlineData("not not a", "not (not a)")]
    [InlineData("a + b * c", "a + (b * c)")]
    [InlineData("a - b - c", "(a - b) - c")]
    [InlineData("a / b / c", "(a / b) / c")]
    [InlineData("a ^ b ^ c", "a ^ (b ^ c)")]
    [InlineData("-a ^ 2", "-(a ^ 2)")]
    [InlineData("-2 ^ 2 == x", "(-(2 ^ 2)) == x")]
    [InlineData("2 ^ -1 < x", "(2 ^ (-1)) < x")]
    [InlineData("a * -b < 1", "(a * (-b)) < 1")]
    [InlineData("a + 1 in [1, 2]", "(a + 1) in [1, 2]")]
    [InlineData("a < 1 or b >= 2 and not c", "(a < 1) or ((b >= 2) and (not c))")]
    [InlineData("a\t<\n1", "a < 1")]
    [InlineData("x in ['a',\"b\",-1,true]", "x in ['a', 'b', -1, true]")]
    [InlineData("order == 1 and inner == 2 and nothing == 3", "(order == 1) and (inner == 2) and (nothing == 3)")]
    [InlineData("größe == 1 and 学习率 < 2", "`größe` == 1 and `学习率` < 2")]
    [InlineData("`two words` == 'it\\'s'", "`two words` == \"it's\"")]
    [InlineData("1e-5 < x", "0.00001 < x")]
    [InlineData("a.b == .5", "`a.b` == 0.5")]
    public void Parse_OfTwoWaysToWriteTheSame_GivesEqualExpressions(string text, string same)
    {
        Assert.Equal(Expression.Parse(same), Expression.Parse(text));
        Assert.Equal(Expression.Parse(same).GetHashCode(), Expression.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("", 1, "expected a parameter, a number, a quoted text or '(', found the end")]
    [InlineData("   ", 4, "found the end")]
    [InlineData("a ==", 5, "found the end")]
    [InlineData("a = 1", 3, "expected '=='")]
    [InlineData("a < b < c", 7, "write 'a < b and b < c' for a chain")]
    [InlineData("1 < a == true", 7, "second comparison")]
    [InlineData("a == b in [1]", 8, "second comparison")]
    [InlineData("a in [1] in [2]", 10, "second comparison")]
    [InlineData("(a < 1", 7, "expected ')'")]
    [InlineData("a < 1)", 6, "expected an operator or the end, found ')'")]
    [InlineData("a && b", 3, "found '&' (write 'and')")]
    [InlineData("a || b", 3, "found '|' (write 'or')")]
    [InlineData("!a", 1, "found '!' (write 'not' or '!=')")]
    [InlineData("a == 'x", 6, "the quote ' is not closed")]
    [InlineData("`a == 1", 1, "the quote ` is not closed")]
    [InlineData("a == 1 or ` ` == 2", 11, "may not be blank")]
    [InlineData("a in 1", 6, "expected '[' and a list of values")]
    [InlineData("a in []", 7, "expected a number, a quoted text, true or false, found ']'")]
    [InlineData("a in [1, b]", 10, "expected a number, a quoted text, true or false, found 'b'")]
    [InlineData("a in [-true]", 7, "expected a number")]
    [InlineData("a in [1", 8, "expected ',' or ']'")]
    [InlineData("a == 1.2.3", 6, "'1.2.3' is not a number")]
    [InlineData("a == 1e999", 6, "'1e999' is not a number")]
    [InlineData("a == 1,5", 7, "found ','")]
    [InlineData("lgo(a) < 1", 1, "there is no function 'lgo'")]
    [InlineData("lgo(a) < 1", 1, "Did you mean 'log'?")]
    [InlineData("log(a, b) < 1", 1, "log takes one argument, not 2")]
    [InlineData("min(a) < 1", 1, "min takes at least two arguments")]
    [InlineData("and == 1", 1, "found 'a'")]
    [InlineData("a == 1 🙂", 8, "found '🙂'")]
    [InlineData("a 1", 3, "expected an operator or the end, found '1'")]
    public void Parse_OfAMistake_NamesTheColumn(string text, int column, string expected)
    {
        var message = Assert.Throws<SpaceException>(() => Expression.Parse(text)).Message;
        Assert.Contains($"column {column}: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfAnyGarbage_ThrowsNothingButASpaceException() =>
        Gen.OneOf(Gen.String, Gen.OneOf("a", "(", ")", "'", "`", "1", "e", ".", "-", "^", "not ", " in ", "[", "]", ",", "<", "=", "and ", "\\", "log").Array[0, 30]
            .Select(parts => string.Concat(parts))).Sample(text =>
        {
            try
            {
                Assert.Equal(Expression.Parse(text), Expression.Parse(Expression.Parse(text).Text));
            }
            catch (SpaceException exception)
            {
                Assert.Contains("column ", exception.Message, StringComparison.Ordinal);
            }
        }, iter: 10_000);

    [Fact]
    public void Parse_OfDeepNesting_StopsBeforeTheStackDoes()
    {
        foreach (var (open, close) in (IEnumerable<(string, string)>)[("(", ")"), ("not ", ""), ("-", ""), ("2^", ""), ("sqrt(", ")")])
        {
            var deep = Repeat(open, 3000 / open.Length) + "a" + Repeat(close, 3000 / open.Length);
            Assert.Contains("nested more than 100 levels", Assert.Throws<SpaceException>(() => Expression.Parse(deep)).Message, StringComparison.Ordinal);
            Assert.NotNull(Expression.Parse(Repeat(open, 90) + "a" + Repeat(close, 90)));
        }
    }

    [Fact]
    public void Parse_OfTheLongestText_IsEvaluatedOnASmallStack()
    {
        var terms = string.Join(" or ", Enumerable.Range(0, 700).Select(i => $"a == {i}"));
        Assert.InRange(terms.Length, 8_000, 10_000);
        var thread = new Thread(
            () =>
            {
                var space = new SearchSpaceBuilder().Int("a", 0, 2000).Constrain(terms).Build();
                Assert.Equal(700, space.Count());
            },
            512 * 1024);
        thread.Start();
        thread.Join();
        var message = Assert.Throws<SpaceException>(() => Expression.Parse(Repeat("a+", 4_999) + "a")).Message;
        Assert.Contains("more than 1000 operators", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 300);
        Assert.Contains("at most 10000 characters; this one has 10001", Assert.Throws<SpaceException>(() => Expression.Parse(new string('a', 10_001))).Message, StringComparison.Ordinal);
        Assert.NotNull(Expression.Parse(new string('a', 10_000)));
    }

    [Fact]
    public void Factories_GiveWhatTheirTextGives()
    {
        Assert.Equal(Expression.Parse("model == 'svm' and rank in [1, 2] or `x y` == true"),
            (Expression.Equal("model", "svm") & Expression.In("rank", 1, 2)) | Expression.Equal("x y", true));
        Assert.Equal(["model", "rank"], (Expression.Equal("model", "svm") & Expression.In("rank", 1, 2) & Expression.Equal("model", "x")).Names());
    }

    [Fact]
    public void Factories_OfWhatCouldNotBeReadAgain_Throw()
    {
        Assert.Throws<SpaceException>(() => Expression.In("x"));
        Assert.Throws<SpaceException>(() => Expression.Equal("", 1));
        Assert.Throws<SpaceException>(() =>
        {
            var nested = Expression.Equal("x", 0);
            for (var i = 1; i < 200; i++)
                nested = Expression.Or(Expression.Equal("x", i), nested);
        });
    }

    [Fact]
    public void Parse_UnderADecimalComma_ReadsAndWritesPoints()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("x < 0.5 and y == -1.25", Expression.Parse("x<0.50 and y==-1.25").Text);
            Assert.Equal("float 0.5 … 1.5, step 0.25", new FloatParameter("x", 0.5, 1.5, step: 0.25).Describe());
            Assert.Equal("0.5", ParameterValue.Of(0.5).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ExpressionNode Unary(bool isNot, ExpressionNode operand) =>
        !isNot && operand is LiteralNode { Value: { IsNumber: true } value } ? new LiteralNode(ExpressionWriter.Negate(value)) : new UnaryNode(isNot, operand);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    // A number's kind does not survive its text (1.0 is written 1), and need not: comparisons are numeric.
    private static string Shape(ExpressionNode node) => node switch
    {
        LiteralNode literal => $"{(literal.Value.IsNumber ? "number" : literal.Value.Kind)}:{literal.Value}",
        NameNode name => $"name:{name.Name}",
        UnaryNode unary => $"({unary.IsNot} {Shape(unary.Operand)})",
        BinaryNode binary => $"({Shape(binary.Left)} {binary.Operator} {Shape(binary.Right)})",
        InNode inside => $"({Shape(inside.Subject)} in {string.Join('|', inside.Values.Select(value => Shape(new LiteralNode(value))))})",
        CallNode call => $"{call.Function}({string.Join('|', call.Arguments.Select(Shape))})",
        _ => throw new ArgumentException("unknown node", nameof(node)),
    };
}
