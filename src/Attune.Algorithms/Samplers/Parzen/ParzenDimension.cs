using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>Which kernel a parameter has.</summary>
internal enum KernelKind
{
    /// <summary>One value only: it says nothing.</summary>
    Fixed,

    /// <summary>A float without steps: a truncated normal density.</summary>
    Continuous,

    /// <summary>Many ordered values: masses of cells under a truncated normal density, each value being told by the centre of its
    /// cell.</summary>
    Cells,

    /// <summary>Few ordered values: the same, each value being told by its index, so that masses can be tabulated.</summary>
    Levels,

    /// <summary>Choices without order: one mass for the same choice, the rest spread as the prior says.</summary>
    Choices,
}

/// <summary>
/// One parameter as Parzen estimators see it. A value is one number, its place: the unit coordinate on the parameter's scale
/// (<see cref="KernelKind.Continuous"/>, <see cref="KernelKind.Cells"/>) or the index (<see cref="KernelKind.Levels"/>,
/// <see cref="KernelKind.Choices"/>). NaN stands for inactive.
/// </summary>
internal sealed class ParzenDimension
{
    /// <summary>The largest number of ordered values that are told by their index.</summary>
    internal const int MostLevels = 4_096;

    private readonly double[] _edges = [];
    private readonly double[] _logPrior = [];
    private readonly double[] _logWidths = [];
    private readonly double _center;
    private readonly double _spread;
    private readonly double _logScale;

    internal ParzenDimension(Parameter parameter)
    {
        Parameter = parameter;
        Kind = parameter switch
        {
            { Count: 1 } => KernelKind.Fixed,
            { IsDiscrete: false } => KernelKind.Continuous,
            { Kind: ParameterKind.Categorical } => KernelKind.Choices,
            { Count: <= MostLevels } => KernelKind.Levels,
            _ => KernelKind.Cells,
        };
        if (Kind is KernelKind.Levels or KernelKind.Choices)
        {
            Count = (int)parameter.Count!.Value;
            _edges = new double[Count + 1];
            for (var i = 0; i < Count; i++)
                _edges[i + 1] = parameter.UnitCell(parameter.NumberAt(i)).High;
            (_logPrior, _logWidths) = (new double[Count], new double[Count]);
            for (var i = 0; i < Count; i++)
                (_logPrior[i], _logWidths[i]) = (LogShare(_edges[i], _edges[i + 1]), Math.Log(_edges[i + 1] - _edges[i]));
        }

        if (Kind == KernelKind.Continuous && parameter.Prior is NormalPrior { Spread: < 1e5 } normal)
        {
            (_center, _spread) = (parameter.ToUnit(normal.Center), normal.Spread);
            _logScale = -Math.Log(_spread * (NormalDistribution.Cdf((1 - _center) / _spread) - NormalDistribution.Cdf(-_center / _spread)));
        }
    }

    internal Parameter Parameter { get; }

    internal KernelKind Kind { get; }

    /// <summary>The number of levels or choices; 0 for other kinds.</summary>
    internal int Count { get; }

    /// <summary>The ends of the cells of levels, Count + 1 of them.</summary>
    internal ReadOnlySpan<double> Edges => _edges;

    /// <summary>The place of a value.</summary>
    internal double PlaceOf(double number) => double.IsNaN(number) ? double.NaN : Kind switch
    {
        KernelKind.Fixed => 0,
        KernelKind.Levels or KernelKind.Choices => Parameter.IndexOf(number),
        _ => Parameter.ToUnit(number),
    };

    /// <summary>The unit coordinate of a place: the centre of the cell for levels and choices.</summary>
    internal double UnitOf(double place) => Kind switch
    {
        KernelKind.Fixed => 0.5,
        KernelKind.Levels or KernelKind.Choices => (_edges[(int)place] + _edges[(int)place + 1]) / 2,
        _ => place,
    };

    /// <summary>The place of the legal value at a unit coordinate.</summary>
    internal double PlaceAt(double unit)
    {
        switch (Kind)
        {
            case KernelKind.Fixed:
                return 0;
            case KernelKind.Continuous:
                return unit;
            case KernelKind.Cells:
                return Parameter.ToUnit(Parameter.FromUnit(unit));
            default:
                var found = Array.BinarySearch(_edges, unit);
                return Math.Clamp(found >= 0 ? found : ~found - 1, 0, Count - 1);
        }
    }

    /// <summary>The value at a place.</summary>
    internal double NumberOf(double place) => Kind switch
    {
        KernelKind.Fixed => Parameter.FromUnit(0.5),
        KernelKind.Levels or KernelKind.Choices => Parameter.NumberAt((long)place),
        _ => Parameter.FromUnit(place),
    };

    /// <summary>The cell of a place in the unit interval; without width for floats.</summary>
    internal (double Low, double High) CellOf(double place) => Kind switch
    {
        KernelKind.Levels or KernelKind.Choices => (_edges[(int)place], _edges[(int)place + 1]),
        KernelKind.Cells => Parameter.UnitCell(Parameter.FromUnit(place)),
        _ => (place, place),
    };

    /// <summary>The log of the prior's density in unit coordinates, or of its mass; uniform on the scale where there is no prior.</summary>
    /// <param name="place">A place.</param>
    /// <param name="usePrior">Whether to take the user's prior; otherwise the uniform one.</param>
    internal double LogPrior(double place, bool usePrior)
    {
        switch (Kind)
        {
            case KernelKind.Fixed:
                return 0;
            case KernelKind.Levels or KernelKind.Choices:
                return usePrior ? _logPrior[(int)place] : _logWidths[(int)place];
            case KernelKind.Continuous:
                return usePrior && _spread > 0 ? NormalDistribution.LogPdf((place - _center) / _spread) + _logScale : 0;
            default:
                var (low, high) = CellOf(place);
                return usePrior && Parameter.Prior is not null ? LogShare(low, high) : Math.Log(high - low);
        }
    }

    /// <summary>A place drawn from the prior.</summary>
    internal double DrawPrior(double uniform) => PlaceOf(Parameter.FromPrior(uniform));

    private double LogShare(double low, double high) => Math.Log(Math.Max(Parameter.PriorCdf(high) - Parameter.PriorCdf(low), 0));
}
