namespace Attune.Algorithms.Surrogates;

/// <summary>
/// Configurations as vectors of features whose Euclidean distances mean something to a kernel. Columns form groups, each with a length
/// scale of its own, and groups form components, one for each parameter.
/// </summary>
/// <remarks>
/// Numbers and ordinals are one column, their place in the unit interval: choices of ordinals lie evenly, or where a monotone map takes
/// them that is learned with the hyperparameters (O. Roustant and others, "Group kernels for Gaussian process metamodels with categorical
/// inputs", SIAM/ASA Journal on Uncertainty Quantification 8, 2020, section 2: ordinal variables), or they are choices. A categorical
/// parameter with k choices is k columns, 1/√2 at its choice and 0 elsewhere, so that two different choices are at distance 1. A parameter
/// that may be inactive has one column more, a group by itself: 1 when the parameter is inactive and 0 otherwise; an inactive number lies
/// in the middle of its interval, an inactive choice at 0. Two configurations in which a parameter is inactive thus do not differ in it,
/// and how far being inactive is from being active is learned as the length scale of that column. Every map into a Euclidean space keeps
/// the kernel positive definite.
/// </remarks>
internal sealed class KernelFeatures
{
    // Each has two hyperparameters: with more of them a fit takes seconds, and trials tell next to nothing of each.
    private const int MostWarped = 100;

    private const double Middle = 0.5;

    private static readonly double Corner = Math.Sqrt(0.5);

    private readonly int[] _first;

    private readonly OrdinalPlaces _ordinals;

    /// <summary>Lays out the columns of a space.</summary>
    /// <param name="space">The space.</param>
    /// <param name="ordinals">Where the choices of ordinals lie.</param>
    /// <param name="isWarped">Whether all numbers and ordinals are warped. Of more than 100 none are, whatever the ordinals.</param>
    internal KernelFeatures(SearchSpace space, OrdinalPlaces ordinals = OrdinalPlaces.Even, bool isWarped = false)
    {
        (Space, _ordinals) = (space, ordinals);
        _first = new int[space.Dimensions + 1];
        var (groups, components) = (new List<int>(), new List<int>());
        for (var i = 0; i < space.Dimensions; i++)
        {
            var parameter = space.Parameters[i];
            var width = IsApart(parameter) ? (int)parameter.Count!.Value : 1;
            groups.AddRange(Enumerable.Repeat(components.Count, width));
            components.Add(i);
            if (parameter.Activation is not null)
            {
                groups.Add(components.Count);
                components.Add(i);
            }

            _first[i + 1] = groups.Count;
        }

        (Groups, Components) = ([.. groups], [.. components]);
        int[] warped = [.. Enumerable.Range(0, space.Dimensions).Where(i => !IsApart(space.Parameters[i])
            && (isWarped || (space.Parameters[i].Kind == ParameterKind.Ordinal && ordinals == OrdinalPlaces.Learned))).Select(ColumnOf)];
        WarpedColumns = warped.Length <= MostWarped ? warped : [];
    }

    internal SearchSpace Space { get; }

    /// <summary>The number of columns.</summary>
    internal int Columns => Groups.Length;

    /// <summary>The columns whose places go through <see cref="InputWarping"/>, in ascending order.</summary>
    internal int[] WarpedColumns { get; }

    /// <summary>For each column its group.</summary>
    internal int[] Groups { get; }

    /// <summary>For each group the index of its parameter.</summary>
    internal int[] Components { get; }

    /// <summary>The column that holds the place of a numeric or ordinal parameter in the unit interval.</summary>
    internal int ColumnOf(int parameter) => _first[parameter];

    /// <summary>The end of the columns of the parameter that a column belongs to.</summary>
    internal int EndOf(int column) => _first[Components[Groups[column]] + 1];

    /// <summary>Whether a column is all that there is of its parameter.</summary>
    internal bool IsAlone(int column) => _first[Components[Groups[column]]] == column && EndOf(column) == column + 1;

    /// <summary>Whether a parameter is active at a point.</summary>
    internal bool IsActive(int parameter, ReadOnlySpan<double> features) =>
        Space.Parameters[parameter].Activation is null || features[_first[parameter + 1] - 1] == 0;

    /// <summary>The index of the choice that an active categorical or ordinal parameter has at a point.</summary>
    internal int ChoiceOf(int parameter, ReadOnlySpan<double> features)
    {
        var (first, choices) = (_first[parameter], (int)Space.Parameters[parameter].Count!.Value);
        return IsApart(Space.Parameters[parameter])
            ? Math.Max(0, features.Slice(first, choices).IndexOf(Corner))
            : (int)Space.Parameters[parameter].IndexOf(Space.Parameters[parameter].FromUnit(features[first]));
    }

    /// <summary>The features of configurations, row-major.</summary>
    internal double[] Encode(EncodedConfigurations points)
    {
        var features = new double[points.Count * Columns];
        for (var row = 0; row < points.Count; row++)
        {
            for (var i = 0; i < points.Dimensions; i++)
            {
                var cell = (row * points.Dimensions) + i;
                var (first, end) = ((row * Columns) + _first[i], (row * Columns) + _first[i + 1]);
                var parameter = Space.Parameters[i];
                if (!points.Active[cell])
                    features[end - 1] = 1;
                if (!IsApart(parameter))
                    features[first] = points.Active[cell] ? points.Unit[cell] : Middle;
                else if (points.Active[cell])
                    features[first + points.Codes[cell]] = Corner;
            }
        }

        return features;
    }

    /// <summary>Whether the choices of a parameter are all at the same distance from one another.</summary>
    private bool IsApart(Parameter parameter) => parameter.Kind == ParameterKind.Categorical
        || (parameter.Kind == ParameterKind.Ordinal && _ordinals == OrdinalPlaces.Apart);

    /// <summary>The features of configurations, row-major.</summary>
    internal double[] Encode(ReadOnlySpan<Configuration> configurations) => Encode(new EncodedConfigurations(Space, configurations));
}
