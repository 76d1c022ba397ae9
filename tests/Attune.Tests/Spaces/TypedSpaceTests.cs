using System.Globalization;

namespace Attune.Tests.Spaces;

public sealed class TypedSpaceTests
{
    [Fact]
    public void Of_SameType_IsReadOnce() => Assert.Same(TypedSpace.Of<Point>(), TypedSpace.Of<Point>());

    [Fact]
    public void Materialize_InactiveMembers_AreNullOrOtherwise()
    {
        var typed = TypedSpace.Of<SvmParameters>();

        var value = typed.Materialize(typed.Space.Default());

        Assert.Equal(new SvmParameters(1, Kernel.Linear, null, 0, 3, "standard", true), value);
    }

    [Fact]
    public void Materialize_ChosenCase_IsOfItsType()
    {
        var typed = TypedSpace.Of<Pipeline>();

        var value = typed.Materialize(typed.Space.Configure(
            [new("features", 8), new("model", "tree"), new("model.tree", "forest"), new("model.tree.forest.trees", 100)]));

        Assert.Equal(new Pipeline(8, new Forest(100), null), value);
    }

    [Fact]
    public void Materialize_InactiveNestedRecordAndStruct_AreNull()
    {
        var typed = TypedSpace.Of<Training>();

        var value = typed.Materialize(typed.Space.Default());

        Assert.Null(value.Augmentation);
        Assert.Null(value.Other);
        Assert.Equal(new Point(2.5, 7.5), value.StartPoint);
    }

    [Fact]
    public void Materialize_MemberThatIsNotTuned_KeepsItsInitialValue()
    {
        var typed = TypedSpace.Of<NetworkParameters>();

        Assert.Equal("kept", typed.Materialize(typed.Space.Default()).Note);
        Assert.False(typed.Space.Contains("note"));
    }

    [Fact]
    public void Materialize_ConfigurationOfAnEarlierRevision_FillsInDefaults()
    {
        var earlier = new SearchSpaceBuilder().Float("y", 0, 15).Build();

        var value = TypedSpace.Of<Point>().Materialize(earlier.Configure([new("y", 1.0)]));

        Assert.Equal(new Point(2.5, 1), value);
    }

    [Fact]
    public void Materialize_ConfigurationOfAnotherSpace_Throws()
    {
        var other = new SearchSpaceBuilder().Float("x", 0, 1).Float("width", 0, 1).Build();

        var exception = Assert.Throws<SpaceException>(() => TypedSpace.Of<Point>().Materialize(other.Default()));

        Assert.Equal(
            "Parameter 'width': is no member of Point, so this is a configuration of another space; there are x, y.", exception.Message);
    }

    [Theory]
    [InlineData(0.1f, 0.1)]
    [InlineData(0.3f, 0.3)]
    [InlineData(0.5f, 0.5)]
    public void ToConfiguration_Float_IsTheShortestDecimal(float dropout, double expected)
    {
        var value = new NetworkParameters { UseDropout = true, Dropout = dropout };

        Assert.Equal(expected, TypedSpace.Of<NetworkParameters>().ToConfiguration(value).GetDouble("dropout"));
    }

    [Fact]
    public void ToConfiguration_InactiveMembersWithValues_LeavesThemAside()
    {
        var typed = TypedSpace.Of<SvmParameters>();

        var configuration = typed.ToConfiguration(new(1, Kernel.Linear, 0.5, 3, 5, "none", false));

        Assert.Equal("cost=1, kernel=linear, folds=5, scaling=none, use_bias=false", configuration.ToString());
    }

    [Fact]
    public void ToConfiguration_OtherwiseThatIsLegal_CountsWhenActive()
    {
        var typed = TypedSpace.Of<WithLegalOtherwise>();

        Assert.Equal("deep=true, depth=0", typed.ToConfiguration(new(true, 0)).ToString());
        Assert.Equal("deep=false", typed.ToConfiguration(new(false, 0)).ToString());
    }

    [Fact]
    public void ToConfiguration_SubtypeThatIsNoCase_Throws()
    {
        var exception = Assert.Throws<SpaceException>(() => TypedSpace.Of<Model>().ToConfiguration(new Unlisted()));

        Assert.Equal("Parameter 'model': typeof(Unlisted) is not a choice; allowed are svm, logit, tree.", exception.Message);
    }

    public static TheoryData<SvmParameters, string> IllegalValues => new()
    {
        { Legal with { Cost = 5000 }, "Parameter 'cost': 5000 lies outside the range 0.001 to 1000." },
        { Legal with { Cost = double.NaN }, "Parameter 'cost': NaN is not allowed; allowed is float 0.001 … 1000, log." },
        { Legal with { Kernel = (Kernel)7 }, "Parameter 'kernel': Kernel.7 is not a choice; allowed are linear, rbf, high_polynomial." },
        { Legal with { Kernel = Kernel.Gaussian, Gamma = null }, "Parameter 'gamma': no value given; allowed is float 1e-05 … 10, log." },
        {
            Legal with { Kernel = Kernel.HighPolynomial, Gamma = 1, Degree = 0 },
            "Parameter 'degree': no value given; allowed is int 2 … 5."
        },
        { Legal with { Folds = 4 }, "Parameter 'folds': 4 is not a choice; allowed are 3, 5, 10." },
        { Legal with { Scaling = "max" }, "Parameter 'scaling': \"max\" is not a choice; allowed are none, min_max, standard." },
        { Legal with { Scaling = null! }, "Parameter 'scaling': no value given; allowed is categorical none | min_max | standard." },
        {
            Legal with { Cost = 101 },
            "The configuration (cost=101, kernel=linear, folds=3, scaling=none, use_bias=true) violates "
                + "the forbidden combination 'kernel == 'linear' and cost > 100'."
        },
    };

    private static SvmParameters Legal { get; } = new(1, Kernel.Linear, null, 0, 3);

    [Theory]
    [MemberData(nameof(IllegalValues))]
    public void ToConfiguration_IllegalValue_NamesTheParameter(SvmParameters value, string message)
    {
        ArgumentNullException.ThrowIfNull(value);

        var exception = Assert.Throws<SpaceException>(() => TypedSpace.Of<SvmParameters>().ToConfiguration(value));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Of_CultureWithDecimalComma_ReadsAndSpeaksAlike()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            var typed = TypedSpace.Of<UnderAnyCulture>();
            var value = new UnderAnyCulture(0.25f, 1.5);
            Assert.Equal("rate: float 0.05 … 0.95, step 0.05", typed.Space["rate"].ToString());
            Assert.Equal("rate=0.25, ratio=1.5", typed.ToConfiguration(value).ToString());
            Assert.Equal(value, typed.Materialize(typed.ToConfiguration(value)));
            Assert.Equal(
                "Parameter 'ratio': 1.25 is not a choice; allowed are 0.5, 1.5.",
                Assert.Throws<SpaceException>(() => typed.ToConfiguration(value with { Ratio = 1.25 })).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public sealed record UnderAnyCulture([Float(0.05, 0.95, Step = 0.05)] float Rate, [Choice(0.5f, 1.5)] double Ratio);

    public sealed record WithLegalOtherwise(bool Deep, [Int(0, 8)] [When(nameof(Deep), true, Otherwise = 0)] int Depth);

    public sealed record Unlisted : Model;
}
