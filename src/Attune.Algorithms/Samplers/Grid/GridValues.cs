namespace Attune.Algorithms.Samplers;

/// <summary>The values at which a grid tries each parameter.</summary>
internal static class GridValues
{
    internal const int MostPoints = 10_000;

    /// <summary>Checks the numbers for single parameters against a space.</summary>
    /// <exception cref="ProblemException">A name is unknown or that of a choice.</exception>
    internal static void Check(SearchSpace space, GridOptions options)
    {
        foreach (var name in options.Parameters.Keys)
        {
            if (!space.Contains(name))
                throw new ProblemException(
                    $"Sampler 'grid': option 'parameters' names '{name}', which is no parameter; "
                    + $"there are {string.Join(", ", space.Parameters.Select(parameter => parameter.Name))}.");
            if (space[name] is ChoiceParameter)
                throw new ProblemException(
                    $"Sampler 'grid': option 'parameters' names '{name}', which is a choice; choices are always tried all.");
        }
    }

    /// <summary>
    /// Places of the unit interval, ascending: those of all values of a parameter with few, else evenly spaced ones, ends included.
    /// </summary>
    internal static double[] Of(Parameter parameter, GridOptions options)
    {
        var points = options.Parameters.GetValueOrDefault(parameter.Name, options.Points);
        if (parameter.Count is { } count && (parameter is ChoiceParameter || count <= points))
            return [.. Enumerable.Range(0, (int)count).Select(index => parameter.ToUnit(parameter.NumberAt(index)))];
        if (points == 1)
            return [0.5];
        return [.. Enumerable.Range(0, points).Select(index => (double)index / (points - 1)).DistinctBy(parameter.FromUnit)];
    }
}
