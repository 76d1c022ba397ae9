using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Tests.Surrogates;

public sealed class FidelityAxisTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Float("epoch", 0, 1).Build();

    [Fact]
    public void Encode_OnALogarithmicScale_PlacesTheResourceLast()
    {
        var axis = Axis(new("epoch", 1, 16))!;
        var map = new KernelFeatures(Space);
        var configuration = Space.Configure([new("x", 0.25), new("epoch", 0.5)]);
        double[] resources = [1, 4, 16, 0.1];

        var features = axis.Encode(map, [configuration, configuration, configuration, configuration], i => resources[i]);

        Assert.Equal([0.25, 0.5, 0, 0.25, 0.5, 0.5, 0.25, 0.5, 1, 0.25, 0.5, 0], features);
    }

    [Fact]
    public void EncodeWhole_OnALinearScale_PlacesEveryRowAtTheEnd()
    {
        var axis = Axis(new("share", 0.1, 1) { Scale = Scale.Linear, IsInteger = false })!;
        var configuration = Space.Configure([new("x", 1.0), new("epoch", 0.0)]);

        Assert.Equal([1.0, 0, 1], axis.EncodeWhole(new(Space), [configuration]));
    }

    [Fact]
    public void Of_AParameterOfTheSameName_KeepsThemApart()
    {
        var axis = Axis(new("epoch", 1, 16))!;

        Assert.Equal(3, axis.Space.Dimensions);
        Assert.Equal(["x", "epoch", "epoch'"], axis.Space.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Of_WithoutAChoiceOfResource_IsNone()
    {
        Assert.Null(Axis(new("epoch", 8, 8)));
        Assert.Null(FidelityAxis.Of(new(Space, [new("loss")])));
    }

    private static FidelityAxis? Axis(Fidelity fidelity) => FidelityAxis.Of(new(Space, [new("loss")], fidelities: [fidelity]));
}
