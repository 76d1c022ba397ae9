using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class OrdinalPlacesTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder()
        .Float("x", 0, 1)
        .Ordinal("size", ["xs", "s", "m", "l", "xl", "xxl"])
        .Build();

    [Fact]
    public void Encode_EachWay_PutsChoicesOnALineOrApart()
    {
        var points = new EncodedConfigurations(Space, [Point(0.2, "xs"), Point(0.2, "l")]);

        var even = new KernelFeatures(Space);
        var apart = new KernelFeatures(Space, OrdinalPlaces.Apart);

        Assert.Equal([0.2, 1 / 12.0, 0.2, 7 / 12.0], even.Encode(points), (left, right) => Math.Abs(left - right) < 1e-12);
        var corner = Math.Sqrt(0.5);
        Assert.Equal([0.2, corner, 0, 0, 0, 0, 0, 0.2, 0, 0, 0, corner, 0, 0], apart.Encode(points));
        Assert.Equal(3, apart.ChoiceOf(1, apart.Encode(points).AsSpan(7)));
        Assert.Empty(even.WarpedColumns);
        Assert.Empty(apart.WarpedColumns);
        Assert.Equal([1], new KernelFeatures(Space, OrdinalPlaces.Learned).WarpedColumns);
        Assert.Equal([0], new KernelFeatures(Space, OrdinalPlaces.Apart, isWarped: true).WarpedColumns);
    }

    [Fact]
    public void Fit_LossesThatLeapAtOneEnd_MakeTheGapsThereWider()
    {
        // Between xs and s lies as much as between all others together.
        double[] steps = [0, 1.6, 2, 2.3, 2.5, 2.6];
        var (configurations, targets) = Data(40, (x, size) => steps[size] + (0.3 * x) - 2);
        var map = new KernelFeatures(Space, OrdinalPlaces.Learned);
        var posterior = new LogPosterior(map, Smoothness.Matern52, new(map, isAdditive: false, 1e-4), map.Encode(configurations), targets);

        var (fitted, _) = GaussianProcessFit.Fit(posterior, 2, isThorough: true, null, RandomKey.FromSeed(3));

        var features = map.Encode([.. Enumerable.Range(0, 6).Select(i => Point(0.5, i))]);
        var warped = new double[features.Length];
        InputWarping.Of(map, fitted)!.Apply(features, warped);
        var places = Enumerable.Range(0, 6).Select(i => warped[(2 * i) + 1]).ToArray();
        Assert.Equal(places.Order(), places);
        Assert.True(places[1] - places[0] > 2 * (places[5] - places[4]), string.Join(", ", places));
    }

    [Fact]
    public void Predict_ChoicesInOrder_TellOfTheirNeighboursUnlessTheyLieApart()
    {
        // Trials of all sizes but m: those in order know between which losses it lies.
        var (configurations, targets) = Data(30, (x, size) => (0.6 * size) + (0.2 * x) - 1.5, size => size != 2);
        var (mean, spread) = (Predict(OrdinalPlaces.Even), Predict(OrdinalPlaces.Apart));

        Assert.Equal((0.6 * 2) + 0.1 - 1.5, mean.Mean, 0.1);
        Assert.True(spread.Deviation > 3 * mean.Deviation, $"{spread.Deviation} against {mean.Deviation}");

        (double Mean, double Deviation) Predict(OrdinalPlaces ordinals)
        {
            var surrogate = new GaussianProcessSurrogate { Ordinals = ordinals, Additive = false, Noise = 1e-4 };
            var posterior = surrogate.Fit(new(Space, configurations), targets, RandomKey.FromSeed(1));
            var (means, variances) = (new double[1], new double[1]);
            posterior.Predict(new(Space, [Point(0.5, 2)]), means, variances);
            return (means[0], Math.Sqrt(variances[0]));
        }
    }

    private static Configuration Point(double x, ParameterValue size) => Space.Configure([new("x", x), new("size", size)]);

    private static Configuration Point(double x, int size) => Point(x, ((OrdinalParameter)Space["size"]).Choices[size]);

    private static (Configuration[] Configurations, double[] Targets) Data(
        int count, Func<double, int, double> loss, Func<int, bool>? isTried = null)
    {
        var stream = RandomKey.FromSeed(9).CreateStream();
        var (configurations, targets) = (new List<Configuration>(), new List<double>());
        while (configurations.Count < count)
        {
            var (x, size) = (stream.NextDouble(), stream.NextInt(6));
            if (isTried?.Invoke(size) == false)
                continue;
            configurations.Add(Point(x, size));
            targets.Add(loss(x, size));
        }

        return ([.. configurations], [.. targets]);
    }
}
