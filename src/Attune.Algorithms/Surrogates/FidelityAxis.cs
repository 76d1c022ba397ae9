namespace Attune.Algorithms.Surrogates;

/// <summary>
/// The first fidelity as one more dimension of the search space, so that one model sees trials at all resource levels.
/// </summary>
/// <remarks>
/// A process over configuration and resource jointly (K. Swersky, J. Snoek, R. P. Adams, "Multi-task Bayesian optimization", NIPS 2013; A.
/// Klein, L. Tiao, T. Lienart, C. Archambeau, M. Seeger, "Model-based asynchronous hyperparameter and neural architecture search",
/// arXiv 2003.10865, section 4): the place of the resource on the fidelity's scale is a column with a length scale of its own, which says
/// how far what is measured early tells of what comes late; its additive part is what all curves have in common.
/// </remarks>
internal sealed class FidelityAxis
{
    private readonly FloatParameter _resource;

    private FidelityAxis(SearchSpace space, Fidelity fidelity)
    {
        Fidelity = fidelity;
        var name = fidelity.Name;
        while (space.Contains(name))
            name += "'";
        _resource = new(name, fidelity.Low, fidelity.High, fidelity.Scale);
        Space = new([.. space.Parameters, _resource]);
    }

    internal Fidelity Fidelity { get; }

    /// <summary>The search space with the resource as its last parameter, and without constraints.</summary>
    internal SearchSpace Space { get; }

    /// <summary>The axis of a problem; null where it has no fidelity, or one with a single amount.</summary>
    internal static FidelityAxis? Of(Problem problem) =>
        problem.Fidelity is { } fidelity && fidelity.Low < fidelity.High ? new(problem.Space, fidelity) : null;

    /// <summary>The features of configurations at resources, row-major: those of the configuration, then the place of the resource in [0,
    /// 1].</summary>
    /// <param name="map">What the features of configurations mean.</param>
    /// <param name="configurations">The configurations.</param>
    /// <param name="resource">Gives the resource of a row.</param>
    internal double[] Encode(KernelFeatures map, ReadOnlySpan<Configuration> configurations, Func<int, double> resource)
    {
        var (rows, width) = (map.Encode(configurations), map.Columns + 1);
        var features = new double[configurations.Length * width];
        for (var i = 0; i < configurations.Length; i++)
        {
            rows.AsSpan(i * map.Columns, map.Columns).CopyTo(features.AsSpan(i * width));
            features[(i * width) + map.Columns] = _resource.ToUnit(Math.Clamp(resource(i), Fidelity.Low, Fidelity.High));
        }

        return features;
    }

    /// <summary>The features of configurations at full fidelity.</summary>
    internal double[] EncodeWhole(KernelFeatures map, ReadOnlySpan<Configuration> configurations) =>
        Encode(map, configurations, _ => Fidelity.High);
}
