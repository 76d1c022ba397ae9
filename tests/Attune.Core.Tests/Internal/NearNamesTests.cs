using Attune.Internal;

namespace Attune.Core.Tests.Internal;

public sealed class NearNamesTests
{
    [Theory]
    [InlineData("trails", "trials")]
    [InlineData("bset", "best")]
    [InlineData("BEST", "best")]
    [InlineData("batchsize", "batch-size")]
    [InlineData("batch_size", "batch-size")]
    [InlineData("xx", "x")]
    [InlineData("xyzzy", null)]
    [InlineData("show", null)]
    [InlineData("y", null)]
    [InlineData("", null)]
    public void Nearest_OfAMistypedName_FindsTheNameMeant(string found, string? meant) =>
        Assert.Equal(meant, NearNames.Nearest(found, ["trials", "best", "show", "batch-size", "x", ""]));

    [Theory]
    [InlineData("kitten", "sitten", true)]      // one replaced
    [InlineData("kitten", "kiten", true)]       // one left out
    [InlineData("kitten", "ikttne", true)]      // two swaps of neighbours count as two
    [InlineData("kitten", "sitting", false)]    // three, the example of Wagner and Fischer (1974)
    public void Nearest_OfNamesApart_AllowsAThirdOfTheLetters(string found, string name, bool isNear) =>
        Assert.Equal(isNear ? name : null, NearNames.Nearest(found, [name]));

    [Fact]
    public void Nearest_OfSeveralEquallyNear_TakesTheFirstInOrdinalOrder() =>
        Assert.Equal("x1", NearNames.Nearest("x0", ["x3", "x1", "x2"]));

    [Fact]
    public void Unknown_OfManyNames_ListsTheFirstTwenty() =>
        Assert.Equal(
            $"there is no parameter 'p25x'; there are {string.Join(", ", Enumerable.Range(0, 20).Select(i => $"p{i}"))}, … (30 in all). "
                + "Did you mean 'p25'?",
            NearNames.Unknown("parameter", "p25x", Enumerable.Range(0, 30).Select(i => $"p{i}")));
}
