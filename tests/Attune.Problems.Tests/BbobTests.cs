namespace Attune.Problems.Tests;

/// <summary>The BBOB functions against what their definitions promise.</summary>
public sealed class BbobTests
{
    public static TheoryData<int, int> Functions
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var dimensions in (int[])[2, 5, 20])
            {
                for (var number = 1; number <= 24; number++)
                    data.Add(number, dimensions);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_AtItsOptimum_IsZeroAndNowhereLess(int number, int dimensions)
    {
        var (function, optimum) = BbobFunctions.Create(number, new BbobInstance(number, dimensions));
        Assert.All(optimum, value => Assert.InRange(value, -5, 5));
        var least = function(optimum);
        Assert.Equal(0, least, 1e-8);
        var random = Numerics.RandomKey.FromSeed(1).CreateStream();
        foreach (var radius in (double[])[10, 1, 0.1, 0.001])
        {
            for (var i = 0; i < 50; i++)
            {
                var point = Array.ConvertAll(optimum, value => Math.Clamp(value + (radius * (random.NextDouble() - 0.5)), -5, 5));
                var value = function(point);
                Assert.True(value >= least - 1e-9, $"f{number} is {value} beside its optimum");
                Assert.True(radius < 10 || value > least + 1e-3 || number is 5 or 16 or 23, $"f{number} is flat: {value}");
            }
        }
    }

    [Fact]
    public void Rotation_OfEveryInstance_IsOrthonormal()
    {
        var rotation = new BbobInstance(10, 20).R;
        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j < 20; j++)
                Assert.Equal(i == j ? 1 : 0, rotation[i].Zip(rotation[j], (left, right) => left * right).Sum(), 1e-13);
        }
    }

    // RR-6829, §0.2: it keeps signs and order, and fixes 0 and ±1.
    [Fact]
    public void Oscillate_OfGrowingValues_GrowsAndKeepsSigns()
    {
        Assert.Equal([-1, 0, 1], BbobTransforms.Oscillate([-1.0, 0, 1]));
        var before = double.NegativeInfinity;
        for (var x = -5.0; x <= 5; x += 0.01)
        {
            var value = BbobTransforms.Oscillate(x);
            Assert.True(value > before && (Math.Abs(x) < 1e-9 || Math.Sign(value) == Math.Sign(x)));
            before = value;
        }
    }

    [Fact]
    public void Function_One_IsTheSquaredDistance()
    {
        var (function, optimum) = BbobFunctions.Create(1, new BbobInstance(1, 5));
        Assert.Equal(5 * 0.25, function(Array.ConvertAll(optimum, value => value + 0.5)), 1e-12);
    }

    // The ellipsoid's axes differ by a condition of 10^6: along R's rows, at ±1 where the oscillation is 1.
    [Fact]
    public void Function_Ten_HasAConditionOfAMillion()
    {
        var instance = new BbobInstance(10, 5);
        var (function, optimum) = BbobFunctions.Create(10, instance);
        double Along(int axis) => function(optimum.Zip(instance.R[axis], (value, step) => value + step).ToArray());
        Assert.Equal(1, Along(0), 1e-6);
        Assert.Equal(1e6, Along(4), 1);
    }

    // The separable functions are sums over coordinates: moving two coordinates adds up.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Function_ThatIsSeparable_AddsUpOverCoordinates(int number)
    {
        var (function, optimum) = BbobFunctions.Create(number, new BbobInstance(number, 5));
        double At(double first, double third) => function([optimum[0] + first, optimum[1], optimum[2] + third, optimum[3], optimum[4]]);
        Assert.Equal(At(0.3, 0) + At(0, -0.7), At(0.3, -0.7), 1e-6);
    }

    [Fact]
    public async Task Problem_OfTheCatalog_AddsTheInstancesOptimum()
    {
        var problem = ProblemCatalog.All.Single(problem => problem.Name == "bbob/f1_d5");
        var optimum = BbobFunctions.Create(1, new BbobInstance(1, 5)).Optimum;
        var evaluation = await problem.EvaluateAsync(
            problem.Problem.Space.Configure(optimum.Select((value, i) => KeyValuePair.Create($"x{i}", ParameterValue.Of(value)))),
            null, 0, 0, TestContext.Current.CancellationToken);
        Assert.Equal(problem.BestKnown!.Value, evaluation.Values["y"], 1e-12);
        Assert.True(problem.BestKnown.IsOptimum);
    }
}
