using Attune.Numerics;

namespace Attune.Experiments.Tests;

/// <summary>The layer against finite differences and the update rule, both computed in double precision from weights that are read by
/// probing the layer with unit vectors.</summary>
public sealed class DenseLayerTests
{
    private const int Inputs = 5;
    private const int Outputs = 3;

    private static readonly float[] Input = [0.3f, -1.2f, 0, 0.8f, 2];
    private static readonly float[] Target = [0.5f, -0.25f, 1];

    [Fact]
    public void Forward_FreshLayer_HasNormalWeightsOfTheDeviationAndNoBias()
    {
        var stream = RandomKey.FromSeed(3).CreateStream();
        var weights = Read(new(100, 50, 0.2f, ref stream), 100, 50);

        var squares = Enumerable.Range(0, 50).SelectMany(j => Enumerable.Range(0, 100).Select(i => weights[j, i] * weights[j, i]));

        // 5,000 weights: the variance is known to 2 %, here are four of that.
        Assert.Equal(0.04, squares.Average(), 0.04 * 0.08);
        Assert.All(Enumerable.Range(0, 50), j => Assert.Equal(0, weights[j, 100]));
    }

    [Fact]
    public void Backward_SquaredLoss_GivesTheGradientsOfFiniteDifferences()
    {
        var layer = Layer(1);
        var before = Read(layer, Inputs, Outputs);
        var inputErrors = new float[Inputs];

        layer.Backward(Input, Errors(layer), inputErrors);
        layer.Step(1, rate: 1, momentum: 0, decay: 0);

        var after = Read(layer, Inputs, Outputs);
        for (var j = 0; j < Outputs; j++)
        {
            for (var i = 0; i <= Inputs; i++)
            {
                var (row, column) = (j, i);
                Assert.Equal(
                    Slope(step => Loss(before, Input, (row, column, step))), before[j, i] - after[j, i], 1e-5);
            }
        }

        for (var i = 0; i < Inputs; i++)
        {
            var column = i;
            var slope = Slope(step =>
            {
                var moved = Array.ConvertAll(Input, value => (double)value);
                moved[column] += step;
                return Loss(before, moved);
            });
            Assert.Equal(slope, inputErrors[i], 1e-5);
        }
    }

    [Fact]
    public void Backward_TwoLayersAndARectifier_GivesTheGradientOfFiniteDifferencesOfBoth()
    {
        var stream = RandomKey.FromSeed(4).CreateStream();
        DenseLayer first = new(Inputs, 7, 0.8f, ref stream), second = new(7, Outputs, 0.8f, ref stream);
        var (below, above) = (Read(first, Inputs, 7), Read(second, 7, Outputs));
        float[] hidden = new float[7], output = new float[Outputs], errors = new float[7];

        first.Forward(Input, hidden);
        var open = Array.ConvertAll(hidden, value => value > 0);
        hidden = [.. hidden.Select(value => Math.Max(0, value))];
        second.Forward(hidden, output);
        second.Backward(hidden, [.. output.Select((value, j) => value - Target[j])], errors);
        first.Backward(Input, [.. errors.Select((error, k) => open[k] ? error : 0)], []);
        first.Step(1, rate: 1, momentum: 0, decay: 0);

        var after = Read(first, Inputs, 7);
        Assert.InRange(open.Count(isOpen => isOpen), 2, 5);
        for (var k = 0; k < 7; k++)
        {
            for (var i = 0; i <= Inputs; i++)
            {
                var (row, column) = (k, i);
                var slope = Slope(step => Loss(above, Apply(below, Input, (row, column, step)).Select(value => Math.Max(0, value)).ToArray()));
                Assert.Equal(slope, below[k, i] - after[k, i], 1e-5);
            }
        }
    }

    [Fact]
    public void Step_SeveralBatches_FollowsMomentumAndDecay()
    {
        const float Rate = 0.1f, Momentum = 0.8f, Decay = 0.05f;
        var layer = Layer(2);
        var weights = Read(layer, Inputs, Outputs);
        var speed = new double[Outputs, Inputs + 1];
        for (var step = 0; step < 3; step++)
        {
            // A batch of two images: the second is the first, doubled.
            float[] other = [.. Input.Select(value => 2 * value)];
            foreach (var image in (float[][])[Input, other])
                layer.Backward(image, Target, []);
            layer.Step(2, Rate, Momentum, Decay);

            for (var j = 0; j < Outputs; j++)
            {
                for (var i = 0; i <= Inputs; i++)
                {
                    var gradient = Target[j] * (i < Inputs ? 1.5 * Input[i] : 1);
                    speed[j, i] = (Momentum * speed[j, i]) - (Rate * (gradient + (Decay * weights[j, i])));
                    weights[j, i] += speed[j, i];
                }
            }
        }

        var found = Read(layer, Inputs, Outputs);
        for (var j = 0; j < Outputs; j++)
        {
            for (var i = 0; i <= Inputs; i++)
                Assert.Equal(weights[j, i], found[j, i], 1e-5);
        }
    }

    private static DenseLayer Layer(ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        return new(Inputs, Outputs, 0.7f, ref stream);
    }

    private static float[] Errors(DenseLayer layer)
    {
        var output = new float[Outputs];
        layer.Forward(Input, output);
        return [.. output.Select((value, j) => value - Target[j])];
    }

    private static double Slope(Func<double, double> loss) => (loss(1e-4) - loss(-1e-4)) / 2e-4;

    /// <summary>Half the squared distance from the target.</summary>
    private static double Loss(
        double[,] weights, IReadOnlyList<double> input, (int Row, int Column, double Step) change = default) =>
        0.5 * Apply(weights, input, change).Select((value, j) => Math.Pow(value - Target[j], 2)).Sum();

    private static double Loss(double[,] weights, float[] input, (int Row, int Column, double Step) change) =>
        Loss(weights, Array.ConvertAll(input, value => (double)value), change);

    private static double[] Apply(double[,] weights, float[] input, (int Row, int Column, double Step) change) =>
        Apply(weights, Array.ConvertAll(input, value => (double)value), change);

    private static double[] Apply(double[,] weights, IReadOnlyList<double> input, (int Row, int Column, double Step) change)
    {
        var output = new double[weights.GetLength(0)];
        for (var j = 0; j < output.Length; j++)
        {
            for (var i = 0; i <= input.Count; i++)
            {
                var weight = weights[j, i] + ((j, i) == (change.Row, change.Column) ? change.Step : 0);
                output[j] += weight * (i < input.Count ? input[i] : 1);
            }
        }

        return output;
    }

    /// <summary>The weights, a row for each output, and the bias at the end of the row.</summary>
    private static double[,] Read(DenseLayer layer, int inputs, int outputs)
    {
        var (weights, output, unit) = (new double[outputs, inputs + 1], new float[outputs], new float[inputs]);
        layer.Forward(unit, output);
        for (var j = 0; j < outputs; j++)
            weights[j, inputs] = output[j];
        for (var i = 0; i < inputs; i++)
        {
            unit[i] = 1;
            layer.Forward(unit, output);
            unit[i] = 0;
            for (var j = 0; j < outputs; j++)
                weights[j, i] = output[j] - weights[j, inputs];
        }

        return weights;
    }
}
