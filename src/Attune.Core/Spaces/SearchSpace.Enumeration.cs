namespace Attune;

/// <content>Finite spaces: counting, listing, neighbours.</content>
public sealed partial class SearchSpace
{
    /// <summary>Every legal configuration once, parents varying slowest, values ascending.</summary>
    /// <exception cref="SpaceException">A parameter has no finite number of values.</exception>
    public IEnumerable<Configuration> Enumerate() => Enumerate(AllValues);

    /// <summary>Every legal configuration on a grid once, parents varying slowest.</summary>
    /// <param name="grid">The internal numbers to visit for a parameter, in order.</param>
    public IEnumerable<Configuration> Enumerate(Func<Parameter, IEnumerable<double>> grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return Points(grid).Where(configuration => Violation(configuration) is null);
    }

    /// <summary>Every configuration on a grid that the conditions allow, whether constraints hold or not.</summary>
    private IEnumerable<Configuration> Points(Func<Parameter, IEnumerable<double>> grid)
    {
        var values = Parameters.Select(grid).ToArray();
        return Walk(0, new double[Dimensions]);

        IEnumerable<Configuration> Walk(int depth, double[] numbers)
        {
            if (depth == Dimensions)
            {
                yield return new Configuration(this, [.. numbers]);
                yield break;
            }

            var index = _order[depth];
            if (!IsActive(index, numbers))
            {
                numbers[index] = double.NaN;
                foreach (var configuration in Walk(depth + 1, numbers))
                    yield return configuration;
                yield break;
            }

            foreach (var value in values[index])
            {
                numbers[index] = value;
                foreach (var configuration in Walk(depth + 1, numbers))
                    yield return configuration;
            }
        }
    }

    /// <summary>Counts the legal configurations of a finite space.</summary>
    /// <param name="limit">Counting stops here, at least 1.</param>
    /// <returns>
    /// The count; null when the space is not finite, has more than <paramref name="limit"/> configurations, or has so many illegal ones
    /// (ten times the limit) that counting would not end.
    /// </returns>
    public long? Count(long limit = 1_000_000)
    {
        if (!IsFinite)
            return null;
        if (!IsConditional && !IsConstrained)
        {
            var product = 1.0;
            foreach (var parameter in Parameters)
                product *= parameter.Count!.Value;
            return product <= limit ? (long)product : null;
        }

        var (count, looked) = (0L, 0L);
        foreach (var configuration in Points(AllValues))
        {
            if (Violation(configuration) is null && ++count > limit)
                return null;
            if (++looked / 10 > limit)
                return null;
        }

        return count;
    }

    /// <summary>
    /// The legal configurations one discrete move away: the next value up and down of integers, stepped floats and ordinals, every
    /// other choice of categoricals. Parameters that a move activates take their defaults. Floats without steps do not move.
    /// </summary>
    /// <param name="configuration">A configuration of this space.</param>
    public IEnumerable<Configuration> Neighbours(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        for (var i = 0; i < Dimensions; i++)
        {
            if (double.IsNaN(configuration.Raw[i]) || !Parameters[i].IsDiscrete)
                continue;
            foreach (var number in Moves(Parameters[i], configuration.Raw[i]))
            {
                var neighbour = Move(configuration, i, number);
                if (Violation(neighbour) is null)
                    yield return neighbour;
            }
        }
    }

    /// <summary>
    /// A configuration with one parameter changed; parameters that this activates take their defaults. Constraints are not checked.
    /// </summary>
    /// <param name="configuration">A configuration of this space in which the parameter is active.</param>
    /// <param name="index">The index of the parameter.</param>
    /// <param name="number">The internal number of its new value, legal for it.</param>
    public Configuration Move(Configuration configuration, int index, double number)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var numbers = (double[])configuration.Raw.Clone();
        numbers[index] = number;
        foreach (var other in _order)
        {
            if (!IsActive(other, numbers))
                numbers[other] = double.NaN;
            else if (double.IsNaN(numbers[other]))
                numbers[other] = Parameters[other].DefaultNumber;
        }

        return new(this, numbers);
    }

    private static IEnumerable<double> Moves(Parameter parameter, double number)
    {
        var index = parameter.IndexOf(number);
        var count = parameter.Count!.Value;
        if (parameter.Kind != ParameterKind.Categorical)
        {
            if (index > 0)
                yield return parameter.NumberAt(index - 1);
            if (index < count - 1)
                yield return parameter.NumberAt(index + 1);
            yield break;
        }

        for (var other = 0L; other < count; other++)
        {
            if (other != index)
                yield return parameter.NumberAt(other);
        }
    }

    private static IEnumerable<double> AllValues(Parameter parameter)
    {
        if (parameter.Count is not { } count)
            throw new SpaceException(parameter.Name, "has no finite number of values; give it steps, or list its values.");
        for (var index = 0L; index < count; index++)
            yield return parameter.NumberAt(index);
    }
}
