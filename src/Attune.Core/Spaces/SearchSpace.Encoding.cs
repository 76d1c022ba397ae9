namespace Attune;

/// <content>Encoding to and from the unit cube.</content>
public sealed partial class SearchSpace
{
    /// <summary>Encodes configurations as rows of the unit cube, with their activity and the codes of their choices.</summary>
    /// <param name="configurations">n configurations of this space.</param>
    /// <param name="unit">Receives n × d numbers in [0, 1], row-major; an inactive parameter lies where its default lies.</param>
    /// <param name="active">Receives n × d flags, row-major; may be empty when not wanted.</param>
    /// <param name="codes">Receives n × d codes, row-major: the index of a discrete value, −1 for floats without steps and for inactive
    /// parameters; may be empty when not wanted.</param>
    /// <exception cref="ArgumentException">A span is too short, or a configuration is of another space.</exception>
    public void Encode(ReadOnlySpan<Configuration> configurations, Span<double> unit, Span<bool> active = default,
        Span<int> codes = default)
    {
        var size = configurations.Length * Dimensions;
        if (unit.Length < size || (!active.IsEmpty && active.Length < size) || (!codes.IsEmpty && codes.Length < size))
            throw new ArgumentException(
                $"{configurations.Length} configurations of {Dimensions} parameters need spans of {size}.", nameof(unit));
        for (var row = 0; row < configurations.Length; row++)
        {
            var numbers = configurations[row].Numbers;
            if (numbers.Length != Dimensions)
                throw new ArgumentException($"Configuration {row} is of another space.", nameof(configurations));
            for (var column = 0; column < Dimensions; column++)
            {
                var cell = (row * Dimensions) + column;
                var parameter = Parameters[column];
                var isActive = !double.IsNaN(numbers[column]);
                unit[cell] = parameter.ToUnit(isActive ? numbers[column] : parameter.DefaultNumber);
                if (!active.IsEmpty)
                    active[cell] = isActive;
                if (!codes.IsEmpty)
                    codes[cell] = isActive && parameter.IsDiscrete ? (int)Math.Min(parameter.IndexOf(numbers[column]), int.MaxValue) : -1;
            }
        }
    }

    /// <summary>
    /// The configuration at a point of the unit cube: every coordinate gives its parameter's value, then conditions apply. Constraints are
    /// not checked; see <see cref="Validate"/>.
    /// </summary>
    /// <param name="unit">d coordinates; what lies outside [0, 1] is taken to the nearest end.</param>
    /// <exception cref="ArgumentException">The number of coordinates is not that of the parameters.</exception>
    public Configuration Decode(ReadOnlySpan<double> unit) => Decode(unit, usePriors: false);

    /// <summary>The configuration at a point of the unit cube, the coordinates being quantiles of the priors.</summary>
    /// <param name="uniform">d coordinates in [0, 1).</param>
    /// <exception cref="ArgumentException">The number of coordinates is not that of the parameters.</exception>
    public Configuration DecodeByPrior(ReadOnlySpan<double> uniform) => Decode(uniform, usePriors: true);

    private Configuration Decode(ReadOnlySpan<double> unit, bool usePriors)
    {
        if (unit.Length != Dimensions)
            throw new ArgumentException($"The space has {Dimensions} parameters, but {unit.Length} coordinates were given.", nameof(unit));
        var numbers = new double[Dimensions];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = usePriors ? Parameters[i].FromPrior(unit[i]) : Parameters[i].FromUnit(unit[i]);
        return Complete(numbers);
    }

    /// <summary>Whether a configuration obeys forbidden combinations and constraints.</summary>
    /// <param name="configuration">A configuration of this space, legal in bounds and conditions.</param>
    public bool IsLegal(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Violation(configuration) is null;
    }
}
