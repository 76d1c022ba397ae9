using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Attune.Internal;

namespace Attune;

/// <summary>
/// The value of a parameter, or one choice of a categorical or ordinal parameter: a number, an integer, a text or a truth value.
/// </summary>
/// <remarks>Equality is by kind and value: the text <c>"1"</c> and the integer <c>1</c> are different choices.</remarks>
public readonly struct ParameterValue : IEquatable<ParameterValue>
{
    private readonly string? _text;
    private readonly double _number;
    private readonly ValueKind _kind;

    private ParameterValue(ValueKind kind, double number, string? text)
    {
        _kind = kind;
        _number = number;
        _text = text;
    }

    /// <summary>What a value is.</summary>
    public enum ValueKind
    {
        /// <summary>A finite real number.</summary>
        Real,

        /// <summary>An integer of at most 2^53 in size.</summary>
        Integer,

        /// <summary>A text.</summary>
        Text,

        /// <summary>True or false.</summary>
        Boolean,
    }

    /// <summary>What this value is.</summary>
    public ValueKind Kind => _kind;

    /// <summary>Whether the value is a number (real or integer).</summary>
    public bool IsNumber => _kind is ValueKind.Real or ValueKind.Integer;

    /// <summary>A real number.</summary>
    /// <param name="value">Any finite number; the negative zero becomes zero, which it equals.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static ParameterValue Of(double value) => double.IsFinite(value)
        ? new(ValueKind.Real, value + 0.0, null)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A parameter value must be a finite number.");

    /// <summary>An integer.</summary>
    /// <param name="value">An integer of at most 2^53 in size, so that it is exact as a double.</param>
    /// <exception cref="ArgumentOutOfRangeException">The integer is larger.</exception>
    public static ParameterValue Of(long value) => IntParameter.IsExact(value)
        ? new(ValueKind.Integer, value, null)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "An integer value must lie within ±2^53.");

    /// <summary>A text.</summary>
    /// <param name="value">Any text, the empty one included.</param>
    public static ParameterValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(ValueKind.Text, 0, value);
    }

    /// <summary>A truth value.</summary>
    /// <param name="value">True or false.</param>
    public static ParameterValue Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, null);

    /// <summary>A real number; see <see cref="Of(double)"/>.</summary>
    /// <param name="value">Any finite number.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Of is the named form.")]
    public static implicit operator ParameterValue(double value) => Of(value);

    /// <summary>An integer; see <see cref="Of(long)"/>.</summary>
    /// <param name="value">An integer within ±2^53.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Of is the named form.")]
    public static implicit operator ParameterValue(long value) => Of(value);

    /// <summary>An integer; see <see cref="Of(long)"/>.</summary>
    /// <param name="value">An integer.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Of is the named form.")]
    public static implicit operator ParameterValue(int value) => Of((long)value);

    /// <summary>A text; see <see cref="Of(string)"/>.</summary>
    /// <param name="value">A text.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Of is the named form.")]
    public static implicit operator ParameterValue(string value) => Of(value);

    /// <summary>A truth value; see <see cref="Of(bool)"/>.</summary>
    /// <param name="value">True or false.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "Of is the named form.")]
    public static implicit operator ParameterValue(bool value) => Of(value);

    /// <summary>Whether two values are of the same kind and equal.</summary>
    public static bool operator ==(ParameterValue left, ParameterValue right) => left.Equals(right);

    /// <summary>Whether two values differ in kind or value.</summary>
    public static bool operator !=(ParameterValue left, ParameterValue right) => !left.Equals(right);

    /// <summary>The value as a number.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public double AsDouble() => IsNumber ? _number : throw Mismatch("a number");

    /// <summary>The value as an integer.</summary>
    /// <exception cref="InvalidOperationException">The value is not an integer.</exception>
    public long AsInt64() => _kind == ValueKind.Integer ? (long)_number : throw Mismatch("an integer");

    /// <summary>The value as a text.</summary>
    /// <exception cref="InvalidOperationException">The value is not a text.</exception>
    public string AsText() => _kind == ValueKind.Text ? _text! : throw Mismatch("a text");

    /// <summary>The value as a truth value.</summary>
    /// <exception cref="InvalidOperationException">The value is not a truth value.</exception>
    public bool AsBoolean() => _kind == ValueKind.Boolean ? _number != 0 : throw Mismatch("true or false");

    /// <inheritdoc/>
    public bool Equals(ParameterValue other) =>
        _kind == other._kind && _number.Equals(other._number) && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ParameterValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(_kind, _number, _text is null ? 0 : string.GetHashCode(_text, StringComparison.Ordinal));

    /// <summary>
    /// The value as a program or a person reads it: invariant culture, shortest digits that read back equal, <c>true</c> and <c>false</c>.
    /// </summary>
    public override string ToString() => _kind switch
    {
        ValueKind.Real => NumberText.Exact(_number),
        ValueKind.Integer => ((long)_number).ToString(CultureInfo.InvariantCulture),
        ValueKind.Boolean => _number != 0 ? "true" : "false",
        _ => _text ?? "",
    };

    private InvalidOperationException Mismatch(string wanted) => new($"The value {this} is {Describe(_kind)}, not {wanted}.");

    private static string Describe(ValueKind kind) => kind switch
    {
        ValueKind.Real => "a real number",
        ValueKind.Integer => "an integer",
        ValueKind.Text => "a text",
        _ => "a truth value",
    };
}
