using Attune.Numerics;
using Attune.Serialization;
using CsCheck;

namespace Attune.Tests.Spaces;

public sealed class TypedSpaceRoundTripTests
{
    [Fact]
    public void ToConfiguration_OfAMaterializedOne_GivesItBack()
    {
        CheckRoundTrip<SvmParameters>();
        CheckRoundTrip<Point>();
        CheckRoundTrip<Mutable>();
        CheckRoundTrip<Training>();
        CheckRoundTrip<Model>();
        CheckRoundTrip<Pipeline>();
        CheckRoundTrip<Größen>();
        CheckRoundTrip<Derived>();
        CheckRoundTrip<Recipe>();
        CheckRoundTrip<NetworkParameters>();
    }

    [Fact]
    public void Materialize_OfAConfigurationReadFromItsStore_GivesTheSameValue() => Gen.ULong.Sample(
        seed =>
        {
            var typed = TypedSpace.Of<Pipeline>();
            var configuration = Draw(typed.Space, seed);
            var stored = SpaceJson.Parse(SpaceJson.ToText(typed.Space));
            var read = ConfigurationJson.Parse(stored, ConfigurationJson.ToText(configuration));
            return typed.Materialize(read) == typed.Materialize(configuration);
        },
        iter: 200);

    [Fact]
    public void Materialize_AnySvm_HasTheValuesOfItsConfiguration() => Gen.ULong.Sample(
        seed =>
        {
            var typed = TypedSpace.Of<SvmParameters>();
            var configuration = Draw(typed.Space, seed);
            var value = typed.Materialize(configuration);
            Assert.Equal(configuration.GetDouble("cost"), value.Cost);
            Assert.Equal(configuration.GetText("kernel"), Name(value.Kernel));
            Assert.Equal(configuration.TryGet("gamma", out var gamma) ? gamma.AsDouble() : null, value.Gamma);
            Assert.Equal(configuration.TryGet("degree", out var degree) ? (int)degree.AsInt64() : 0, value.Degree);
            Assert.Equal(configuration["folds"].AsInt64(), value.Folds);
            Assert.Equal(configuration.GetText("scaling"), value.Scaling);
            Assert.Equal(configuration.GetBoolean("use_bias"), value.UseBias);
        },
        iter: 200);

    [Fact]
    public void ToConfiguration_AnyValue_MaterializesToAnEqualOne() =>
        Gen.Select(Gen.Double[1e-3, 40], Gen.Enum<Kernel>(), Gen.Double[1e-5, 10], Gen.Int[2, 5], Folds, Gen.Bool).Sample(
            (cost, kernel, gamma, degree, folds, bias) =>
            {
                var typed = TypedSpace.Of<SvmParameters>();
                double? activeGamma = kernel == Kernel.Linear ? null : gamma;
                var activeDegree = kernel == Kernel.HighPolynomial ? degree : 0;
                var value = new SvmParameters(cost, kernel, activeGamma, activeDegree, folds, "min_max", bias);
                return typed.Materialize(typed.ToConfiguration(value)) == value;
            },
            iter: 500);

    private static Gen<long> Folds => Gen.OneOf(Gen.Const(3L), Gen.Const(5L), Gen.Const(10L));

    private static string Name(Kernel kernel) => kernel switch
    {
        Kernel.Linear => "linear",
        Kernel.Gaussian => "rbf",
        _ => "high_polynomial",
    };

    private static void CheckRoundTrip<T>()
        where T : notnull
    {
        var typed = TypedSpace.Of<T>();
        Gen.ULong.Sample(
            seed =>
            {
                var configuration = Draw(typed.Space, seed);
                var value = typed.Materialize(configuration);
                var back = typed.ToConfiguration(value);
                return typed.Space.Validate(back) is null && back.Equals(configuration);
            },
            iter: 200);
    }

    private static Configuration Draw(SearchSpace space, ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        return space.Sample(ref stream);
    }
}
