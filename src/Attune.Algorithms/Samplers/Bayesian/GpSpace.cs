using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Samplers;

/// <summary>What a process of one proposal is a function of: configurations or, where the problem has a fidelity, configurations and
/// resource.</summary>
internal sealed class GpSpace
{
    private readonly FidelityAxis? _axis;

    private GpSpace(Problem problem, GpOptions options)
    {
        Base = new(problem.Space, options.Ordinals, options.InputWarping);
        _axis = FidelityAxis.Of(problem);
        Map = _axis is null ? Base : new(_axis.Space, options.Ordinals, options.InputWarping);
    }

    /// <summary>The features of configurations.</summary>
    internal KernelFeatures Base { get; }

    /// <summary>The features that the process sees.</summary>
    internal KernelFeatures Map { get; }

    internal bool HasFidelity => _axis is not null;

    internal static GpSpace Of(Problem problem, GpOptions options) => new(problem, options);

    /// <summary>Rows of features of configurations, at full fidelity where there is one.</summary>
    internal double[] Encode(ReadOnlySpan<Configuration> configurations) =>
        _axis?.EncodeWhole(Base, configurations) ?? Base.Encode(configurations);

    /// <summary>Rows of features of the points of curves.</summary>
    /// <param name="configurations">The configurations of the trials.</param>
    /// <param name="points">The points.</param>
    internal double[] Encode(Configuration[] configurations, CurvePoints points) => _axis!.Encode(
        Base, Array.ConvertAll(points.Owners, owner => configurations[owner]), i => points.Resources[i]);

    /// <summary>A function of what the process sees as one of the features of configurations.</summary>
    internal IFeatureFunction AtWhole(IFeatureFunction function) =>
        _axis is null ? function : new AtFullFidelity(function, Base.Columns);
}
