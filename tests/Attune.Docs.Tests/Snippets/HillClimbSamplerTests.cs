using Attune;
#region contract
using Attune.Algorithms;
using Attune.Testing;
#endregion

namespace Snippets;

#region contract
public sealed class HillClimbSamplerTests
{
    private static readonly MethodRegistry Methods = MethodRegistry.Default.With(HillClimbSampler.Registration);

    public static TheoryData<string> Laws => [.. SamplerContract.Laws];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Check_EveryLaw_Holds(string law) => new SamplerContract(Methods, Methods.DescribeSampler("hill-climb")).Check(law);
}
#endregion

public sealed class OwnSampler
{
    [Fact]
    public async Task Registration_IsUsed()
    {
        var space = new SearchSpaceBuilder().Float("x", -1, 1).Float("y", -1, 1).Build();

        #region register
        var summary = await Study.Create("climb", trials: 100)
            .WithMethods(MethodRegistry.Default.With(HillClimbSampler.Registration))
            .WithSampler("hill-climb", """{"radius": 0.05}""")
            .RunAsync(space, configuration => Math.Pow(configuration.GetDouble("x") - 0.3, 2) + Math.Pow(configuration.GetDouble("y"), 2));
        #endregion

        Assert.True(summary.Best!.Losses[0] < 0.01, "It comes near to the minimum.");
        Assert.Equal("""hill-climb v1 {"radius":0.05}""", summary.History.Sampler.ToString());
    }
}
