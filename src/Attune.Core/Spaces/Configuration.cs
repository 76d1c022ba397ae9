using System.Text;

namespace Attune;

/// <summary>
/// A point of a search space: a value for every active parameter. Immutable; equal when the active parameters and their values are.
/// </summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly double[] _numbers;

    /// <summary>Takes ownership of numbers that the space has completed and checked.</summary>
    internal Configuration(SearchSpace space, double[] numbers)
    {
        Space = space;
        _numbers = numbers;
    }

    /// <summary>The space that the configuration is a point of.</summary>
    public SearchSpace Space { get; }

    /// <summary>
    /// The internal numbers in the order of the parameters: floats and integers as they are, choices as codes, NaN for inactive ones.
    /// </summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    internal double[] Raw => _numbers;

    /// <summary>The value of an active parameter.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter, or it is inactive.</exception>
    public ParameterValue this[string parameter] => TryGet(parameter, out var value)
        ? value
        : throw new SpaceException(parameter, $"inactive in this configuration (its condition is {Space[parameter].Activation}).");

    /// <summary>Whether a parameter is active.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter.</exception>
    public bool IsActive(string parameter) => !double.IsNaN(_numbers[Space.IndexOf(parameter)]);

    /// <summary>The value of a parameter, when it is active.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <param name="value">The value, or the default of the type when the parameter is inactive.</param>
    /// <returns>Whether the parameter is active.</returns>
    /// <exception cref="SpaceException">There is no such parameter.</exception>
    public bool TryGet(string parameter, out ParameterValue value)
    {
        var index = Space.IndexOf(parameter);
        var active = !double.IsNaN(_numbers[index]);
        value = active ? Space.Parameters[index].ToValue(_numbers[index]) : default;
        return active;
    }

    /// <summary>The number that an active float, integer or numeric choice has.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter, or it is inactive.</exception>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public double GetDouble(string parameter) => Typed(parameter, static value => value.AsDouble());

    /// <summary>The integer that an active parameter has.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter, or it is inactive.</exception>
    /// <exception cref="InvalidOperationException">The value is not an integer.</exception>
    /// <exception cref="OverflowException">The value does not fit 32 bits.</exception>
    public int GetInt(string parameter) =>
        Typed(parameter, static value => value.AsInt64()) is >= int.MinValue and <= int.MaxValue and var whole
        ? (int)whole
        : throw new OverflowException($"Parameter '{parameter}': {this[parameter]} does not fit 32 bits; take the value as a long.");

    /// <summary>The text that an active choice has.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter, or it is inactive.</exception>
    /// <exception cref="InvalidOperationException">The value is not a text.</exception>
    public string GetText(string parameter) => Typed(parameter, static value => value.AsText());

    /// <summary>The truth value that an active choice has.</summary>
    /// <param name="parameter">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter, or it is inactive.</exception>
    /// <exception cref="InvalidOperationException">The value is not a truth value.</exception>
    public bool GetBoolean(string parameter) => Typed(parameter, static value => value.AsBoolean());

    private T Typed<T>(string parameter, Func<ParameterValue, T> convert)
    {
        var value = this[parameter];
        try
        {
            return convert(value);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"Parameter '{parameter}': {exception.Message}", exception);
        }
    }

    /// <summary>The active parameters with their values, in the order of the space.</summary>
    public IEnumerable<KeyValuePair<string, ParameterValue>> Values()
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            if (!double.IsNaN(_numbers[i]))
                yield return new(Space.Parameters[i].Name, Space.Parameters[i].ToValue(_numbers[i]));
        }
    }

    /// <inheritdoc/>
    public bool Equals(Configuration? other)
    {
        if (other is null)
            return false;
        if (ReferenceEquals(Space, other.Space))
        {
            for (var i = 0; i < _numbers.Length; i++)
            {
                if (!_numbers[i].Equals(other._numbers[i]))
                    return false;
            }

            return true;
        }

        return Values().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SequenceEqual(other.Values().OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Configuration);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // The sum does not depend on the order of the parameters, so spaces that list them differently agree.
        var hash = 0;
        foreach (var (name, value) in Values())
            hash += HashCode.Combine(string.GetHashCode(name, StringComparison.Ordinal), value);
        return hash;
    }

    /// <summary>The active values in one line, such as <c>rate=0.01, model=svm</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Values())
            text.Append(text.Length == 0 ? "" : ", ").Append(name).Append('=').Append(value.ToString());
        return text.ToString();
    }
}
