namespace Attune.Core.Tests.Spaces;

public sealed class ExpressionRenameTests
{
    [Theory]
    [InlineData("a == 'a' and not (b > 2 or a in [1, 2])", "x.a == 'a' and not (x.b > 2 or x.a in [1, 2])")]
    [InlineData("-max(a, log(b)) ^ 2 <= `odd name` * 3", "-max(x.a, log(x.b)) ^ 2 <= `x.odd name` * 3")]
    [InlineData("true", "true")]
    public void Rename_EveryKindOfNode_ChangesNamesAlone(string text, string expected) =>
        Assert.Equal(expected, Expression.Parse(text).Rename(name => "x." + name).Text);
}
