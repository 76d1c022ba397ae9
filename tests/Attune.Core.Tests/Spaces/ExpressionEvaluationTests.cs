namespace Attune.Core.Tests.Spaces;

public sealed class ExpressionEvaluationTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("x", -10, 10)
        .Int("n", 0, 100)
        .Categorical("model", ["svm", "tree", "none"])
        .Ordinal("size", ["small", "medium", "large"])
        .Ordinal("batch", [16, 32, 64])
        .Categorical("width", [1, 2.5, 100])
        .Boolean("flag")
        .Float("hidden", 0, 1, when: "model == 'tree'")
        .Build();

    [Theory]
    [InlineData("x + n * 2 == 14.5", true)]
    [InlineData("(x + n) * 2 == 16", false)]
    [InlineData("-x ^ 2 == -6.25", true)]
    [InlineData("2 ^ 3 ^ 2 == 512", true)]
    [InlineData("n / 4 == 1.5", true)]
    [InlineData("n - 1 - 2 == 3", true)]
    [InlineData("log(exp(x)) > 2.49 and log2(8) == 3 and log10(1000) == 3", true)]
    [InlineData("sqrt(n + 3) == 3 and abs(-x) == x", true)]
    [InlineData("floor(x) == 2 and ceil(x) == 3", true)]
    [InlineData("min(x, n, 1) == 1 and max(x, n) == 6", true)]
    [InlineData("model == 'svm'", true)]
    [InlineData("model != 'svm'", false)]
    [InlineData("'svm' == model", true)]
    [InlineData("model in ['tree', 'svm']", true)]
    [InlineData("model in ['tree']", false)]
    [InlineData("size < 'large' and size >= 'medium'", true)]
    [InlineData("'small' < size", true)]
    [InlineData("size > 'medium'", false)]
    [InlineData("batch < 64 and batch > 16", true)]
    [InlineData("batch * 2 == 64", true)]
    [InlineData("batch + n <= 38", true)]
    [InlineData("width < 50 and width * 2 == 5", true)]
    [InlineData("width == 2.5", true)]
    [InlineData("50 > width", true)]
    [InlineData("flag", true)]
    [InlineData("flag == true and not (flag == false)", true)]
    [InlineData("not flag", false)]
    [InlineData("true or flag", true)]
    [InlineData("n in [5, 6]", true)]
    [InlineData("x in [2, 2.5]", true)]
    public void Evaluate_OfActiveParameters_IsTwoValued(string expression, bool expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("hidden > 0", null)]
    [InlineData("not (hidden > 0)", null)]
    [InlineData("hidden > 0 and x > 0", null)]
    [InlineData("hidden > 0 and x < 0", false)]
    [InlineData("x < 0 and hidden > 0", false)]
    [InlineData("hidden > 0 or x > 0", true)]
    [InlineData("x > 0 or hidden > 0", true)]
    [InlineData("hidden > 0 or x < 0", null)]
    [InlineData("hidden == hidden", null)]
    [InlineData("hidden in [0, 1]", null)]
    [InlineData("hidden ^ 0 == 1", null)]
    [InlineData("1 ^ hidden == 1", null)]
    [InlineData("max(hidden, 5) == 5", null)]
    [InlineData("max(5, hidden) == 5", null)]
    [InlineData("min(5, hidden) == 5", null)]
    [InlineData("hidden * 0 == 0", null)]
    [InlineData("sqrt(-1) == 0", null)]
    [InlineData("0 / 0 == 0 or x > 0", true)]
    public void Evaluate_OfInactiveParameters_IsKleenesLogic(string expression, bool? expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("x", "'x' is not a condition; compare it with something")]
    [InlineData("x + 1", "'x + 1' is not a condition")]
    [InlineData("model", "'model' is not a condition")]
    [InlineData("x == 'a'", "'a' is not a number")]
    [InlineData("model == 'smv'", "'smv' is not a choice; allowed are svm, tree, none")]
    [InlineData("model < 'tree'", "'model' has no order; use == or != or in")]
    [InlineData("model + 1 == 2", "'model' holds choices that are not numbers")]
    [InlineData("size == 'huge'", "'huge' is not a choice; allowed are small, medium, large")]
    [InlineData("batch < 48", "'48' is not a choice; allowed are 16, 32, 64")]
    [InlineData("hiden > 1", "there is no parameter 'hiden'; there are x, n, model, size, batch, width, flag, hidden. Did you mean 'hidden'?")]
    [InlineData("(x > 1) == true", "x > 1 is not a number")]
    public void Compile_OfWhatDoesNotFitTheSpace_SaysWhy(string expression, string expected)
    {
        var message = Assert.Throws<SpaceException>(() => new SearchSpace(Space.Parameters, [Expression.Parse(expression)])).Message;
        Assert.StartsWith($"Expression '{expression}': ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForbiddenAndConstraints_OnInactiveParameters_ForbidNothing()
    {
        var space = new SearchSpace(Space.Parameters, [Expression.Parse("hidden < 2")], [InputConstraint.Of(Expression.Parse("hidden > 2"))]);
        Assert.NotNull(space.Configure([new("model", "svm")], useDefaults: true));
        Assert.Contains("forbidden combination 'hidden < 2'",
            Assert.Throws<SpaceException>(() => space.Configure([new("model", "tree")], useDefaults: true)).Message, StringComparison.Ordinal);
    }

    private static bool? Evaluate(string text)
    {
        var configuration = Space.Configure(
            [new("x", 2.5), new("n", 6), new("model", "svm"), new("size", "medium"), new("batch", 32), new("width", 2.5), new("flag", true)]);
        var index = Space.Parameters.Select((parameter, i) => (parameter.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        return CompiledExpression.Compile(Expression.Parse(text), Space.Parameters, index).Evaluate(configuration.Raw);
    }
}
