using System.Globalization;
using Attune.Numerics;

namespace Attune.Microbenchmarks;

/// <summary>Spaces of any size, of which a fifth each are choices, integers and floats on a logarithmic scale, the rest floats.</summary>
internal static class MixedSpace
{
    /// <summary>Makes a space without conditions.</summary>
    /// <param name="parameters">How many parameters, at least 1.</param>
    internal static SearchSpace Of(int parameters) => new(Enumerable.Range(0, parameters).Select(Parameter));

    /// <summary>A smooth loss with its optimum inside the space.</summary>
    internal static double Loss(SearchSpace space, Configuration configuration)
    {
        Span<double> unit = stackalloc double[space.Dimensions];
        space.Encode([configuration], unit);
        var loss = 0.0;
        for (var i = 0; i < unit.Length; i++)
            loss += Math.Pow(unit[i] - 0.3 - (0.4 * i / unit.Length), 2);
        return loss;
    }

    /// <summary>Configurations drawn from a space.</summary>
    internal static Configuration[] Sample(SearchSpace space, int count, ulong seed)
    {
        var stream = RandomKey.FromSeed(seed).CreateStream();
        var configurations = new Configuration[count];
        for (var i = 0; i < count; i++)
            configurations[i] = space.Sample(ref stream);
        return configurations;
    }

    private static Parameter Parameter(int i)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"x{i}");
        return (i % 5) switch
        {
            1 => new FloatParameter(name, 1e-5, 1, Scale.Log),
            2 => new IntParameter(name, 1, 64),
            3 => new CategoricalParameter(name, ["a", "b", "c"]),
            _ => new FloatParameter(name, 0, 1),
        };
    }
}
