using Attune.Algorithms.Samplers;

namespace Attune.Algorithms.Tests.Samplers;

public sealed class OutputTransformTests
{
    [Fact]
    public void Copula_Losses_BecomeQuantilesOfTheirRanksAndGoBack()
    {
        double[] losses = [5, 1e9, -3, 5, 0];

        var transform = OutputTransform.Copula(losses);

        // Ranks −3: 1, 0: 2, 5: 3 and 4, 1e9: 5. Quantiles from a table: Φ(1.2816) = 0.9, Φ(0.5244) = 0.7, Φ(0.2533) = 0.6.
        Assert.Equal([0.2533, 1.2816, -1.2816, 0.2533, -0.5244], transform.Targets, (left, right) => Math.Abs(left - right) < 5e-5);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(losses[i], transform.Unmap(transform.Targets[i]), 1e-6));
        var between = transform.Unmap(0.5 * (transform.Targets[2] + transform.Targets[4]));
        Assert.Equal(-1.5, between, 1e-9);
        Assert.True(transform.Unmap(-3) < -3);
    }

    [Fact]
    public void Copula_EqualLosses_AreAllZero()
    {
        var transform = OutputTransform.Copula([4, 4, 4]);

        Assert.All(transform.Targets, target => Assert.Equal(0, target, 1e-12));
        Assert.Equal(4, transform.Unmap(1));
    }
}
