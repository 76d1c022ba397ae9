namespace Attune.Algorithms.Samplers;

/// <summary>
/// Configurations as vectors of features whose Euclidean distances mean something to a kernel. The columns of one parameter form a group,
/// which shares a length scale.
/// </summary>
/// <remarks>
/// Numbers and ordinals are one column, their place in the unit interval. A categorical parameter with k choices is k columns, 1/√2 at
/// its choice and 0 elsewhere, so that two different choices are at distance 1. A parameter that may be inactive has one column
/// more, which is 1/2 (for categoricals 1/√2) when it is; an inactive number lies in the middle of its interval. Two configurations
/// in which it is inactive thus do not differ in it, and being inactive is about as far from every value as values are from each
/// other. Every map into a Euclidean space keeps the kernel positive definite.
/// </remarks>
internal sealed class FeatureMap
{
    private const double Middle = 0.5;

    private static readonly double Corner = Math.Sqrt(0.5);

    private readonly int[] _first;
    private readonly double[] _unit;
    private readonly bool[] _active;
    private readonly int[] _codes;

    internal FeatureMap(SearchSpace space)
    {
        Space = space;
        _first = new int[space.Dimensions + 1];
        for (var i = 0; i < space.Dimensions; i++)
            _first[i + 1] = _first[i] + Width(space.Parameters[i]);
        Groups = [.. Enumerable.Range(0, space.Dimensions).SelectMany(i => Enumerable.Repeat(i, _first[i + 1] - _first[i]))];
        (_unit, _active, _codes) = (new double[space.Dimensions], new bool[space.Dimensions], new int[space.Dimensions]);
    }

    internal SearchSpace Space { get; }

    /// <summary>The number of columns.</summary>
    internal int Columns => _first[^1];

    /// <summary>For each column the index of its parameter.</summary>
    internal int[] Groups { get; }

    /// <summary>The column that holds the place of a numeric or ordinal parameter in the unit interval.</summary>
    internal int ColumnOf(int parameter) => _first[parameter];

    /// <summary>Writes the features of a configuration.</summary>
    internal void Encode(Configuration configuration, Span<double> features)
    {
        Space.Encode([configuration], _unit, _active, _codes);
        features.Clear();
        for (var i = 0; i < _unit.Length; i++)
        {
            var (parameter, first) = (Space.Parameters[i], _first[i]);
            if (parameter.Kind == ParameterKind.Categorical)
            {
                features[_active[i] ? first + _codes[i] : _first[i + 1] - 1] = Corner;
                continue;
            }

            features[first] = _active[i] ? _unit[i] : Middle;
            if (!_active[i])
                features[first + 1] = Middle;
        }
    }

    private static int Width(Parameter parameter) =>
        (parameter.Kind == ParameterKind.Categorical ? (int)parameter.Count!.Value : 1) + (parameter.Activation is null ? 0 : 1);
}
