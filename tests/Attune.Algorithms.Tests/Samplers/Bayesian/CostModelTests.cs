using Attune.Algorithms.Samplers;

namespace Attune.Algorithms.Tests.Samplers.Bayesian;

public sealed class CostModelTests
{
    // Cost cooling (E. H. Lee, V. Perrone, C. Archambeau, M. Seeger, arXiv 2003.10870): the share of the budget that is left.
    [Theory]
    [InlineData(null, null, 30, 5, 1)]
    [InlineData(40.0, null, 30, 5, 0.25)]
    [InlineData(40.0, 10, 30, 5, 0.25)]
    [InlineData(null, 20, 30, 5, 0.75)]
    [InlineData(40.0, null, 50, 5, 0)]
    [InlineData(null, 20, 0, 25, 0)]
    public void Exponent_Budget_IsTheShareThatIsLeft(double? cost, int? count, double spent, int trials, double expected) =>
        Assert.Equal(expected, CostModel.Exponent(new() { Cost = cost, Trials = count }, spent, trials), 1e-15);
}
