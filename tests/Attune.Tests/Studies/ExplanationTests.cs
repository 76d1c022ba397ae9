namespace Attune.Tests;

public sealed class ExplanationTests
{
    [Fact]
    public void Read_AnnotationOfAModel_TakesEveryMember()
    {
        var explanation = Explanation.Read(
            """
            {"method":"gp","reason":"log-ei","why":"few trials","mean":1.5,"deviation":0.3,"noise":0.4,"acquisition":-2,"nearest":7,
            "distance":0.25,"model":{"noise":9}}
            """)!;

        Assert.Equal(
            new()
            {
                Method = "gp", Reason = "log-ei", Why = "few trials", Mean = 1.5, Epistemic = 0.3, Aleatoric = 0.4, Acquisition = -2,
                Nearest = 7, Distance = 0.25,
            },
            explanation);
    }

    [Theory]
    [InlineData(2.5, 2)]
    [InlineData(1.25, -0.5)]
    public void Surprise_OfAValue_IsTheResidualInTotalDeviations(double value, double expected) => Assert.Equal(
        expected, new Explanation { Mean = 1.5, Epistemic = 0.3, Aleatoric = 0.4 }.Surprise(value)!.Value, 1e-12);

    [Fact]
    public void Surprise_WithoutPredictionOrSpread_IsUnknown()
    {
        Assert.Null(new Explanation().Surprise(1));
        Assert.Null(new Explanation { Mean = 1 }.Surprise(2));
        Assert.Null(new Explanation { Mean = 1e300, Epistemic = 1e-300 }.Surprise(-1e300));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"temperature":3}""")]
    public void Read_AnnotationThatExplainsNothing_IsNull(string? annotation) => Assert.Null(Explanation.Read(annotation));

    [Fact]
    public async Task Of_TrialsOfAuto_NamesDesignAndModel()
    {
        var space = new SearchSpace([new FloatParameter("x", 0, 1)]);

        var summary = await Study.Create("explained", trials: 6).InMemory()
            .RunAsync(space, configuration => Math.Pow(configuration.GetDouble("x") - 0.3, 2), TestContext.Current.CancellationToken);

        Assert.Equal("design", Explanation.Of(summary.History.Trials[0])!.Reason);
        var last = Explanation.Of(summary.History.Trials[5])!;
        Assert.Equal("gp", last.Method);
        Assert.NotNull(last.Why);
        Assert.InRange(last.Nearest!.Value, 0, 4);
        Assert.True(last.Epistemic >= 0 && last.Aleatoric >= 0 && last.Mean is not null);
    }
}
