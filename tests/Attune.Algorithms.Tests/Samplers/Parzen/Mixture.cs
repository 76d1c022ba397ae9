using Attune.Algorithms.Samplers;

namespace Attune.Algorithms.Tests.Samplers.Parzen;

/// <summary>Makes mixtures and their points from values.</summary>
internal static class Mixture
{
    internal static ParzenMixture Fit(SearchSpace space, double[][] rows, double factor)
    {
        var mixture = new ParzenMixture([.. space.Parameters.Select(parameter => new ParzenDimension(parameter))], usePrior: true);
        mixture.Fit(rows.SelectMany(row => row).ToArray(), Enumerable.Range(0, rows.Length).ToArray(), 1, new(factor));
        return mixture;
    }

    /// <summary>The places of the configuration with these values, in the order of the parameters.</summary>
    internal static double[] Of(SearchSpace space, params ParameterValue[] values) =>
        Places(space.Configure(values.Select((value, i) => KeyValuePair.Create(space.Parameters[i].Name, value))));

    internal static double[] Places(Configuration configuration) =>
        [.. configuration.Numbers.ToArray().Select((number, i) => new ParzenDimension(configuration.Space.Parameters[i]).PlaceOf(number))];
}
