using System.Globalization;

namespace Attune;

/// <summary>The values low, low + step, … of a numeric parameter, calculated so that they print as a person writes them.</summary>
/// <remarks>
/// Whole steps are counted in integers and others in decimals, because 0.1 × 3 is 0.30000000000000004 in doubles. Bounds or steps
/// that are no decimals of at most 28 digits (1e-40, say) are left to doubles, where they print no worse than the user wrote them.
/// </remarks>
internal sealed class StepGrid
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _step;
    private readonly bool _isWhole;
    private readonly bool _isDecimal;
    private readonly decimal _decimalLow;
    private readonly decimal _decimalStep;

    internal StepGrid(double low, double high, double step)
    {
        (_low, _high, _step) = (low, high, step);
        _isWhole = IsWhole(low) && IsWhole(step) && IsWhole(Math.Floor(high));
        if (_isWhole)
        {
            Count = (((long)Math.Floor(high) - (long)low) / (long)step) + 1;
            return;
        }

        // Bounds that were calculated may miss the last step by a rounding.
        _isDecimal = TryDecimal(low, out _decimalLow) & TryDecimal(step, out _decimalStep) & TryDecimal(high, out var decimalHigh);
        Count = _isDecimal
            ? (long)Math.Floor(((decimalHigh - _decimalLow) / _decimalStep) + 1e-9m) + 1
            : (long)Math.Floor(((high - low) / step * (1 + 1e-15)) + 1e-9) + 1;
    }

    /// <summary>How many values there are.</summary>
    internal long Count { get; }

    internal double At(long index)
    {
        if (index == 0)
            return _low;
        var value = _isWhole ? (long)_low + (index * (long)_step)
            : _isDecimal ? ToDouble(_decimalLow + (index * _decimalStep))
            : _low + (index * _step);
        return Math.Min(value, _high);
    }

    /// <summary>The index of the value that is nearest to a number.</summary>
    internal long IndexOf(double number)
    {
        if (_isWhole && IsWhole(number))
            return Math.Clamp(((long)number - (long)_low + ((long)_step / 2)) / (long)_step, 0, Count - 1);
        return Math.Clamp((long)Math.Round((number - _low) / _step), 0, Count - 1);
    }

    private static bool IsWhole(double value) => value == Math.Floor(value) && Math.Abs(value) <= IntParameter.Largest;

    private static bool TryDecimal(double value, out decimal result)
    {
        result = 0;
        return Math.Abs(value) < 1e27
            && decimal.TryParse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture,
                out result)
            && ToDouble(result) == value;
    }

    private static double ToDouble(decimal value)
    {
        // The quotient of two exact doubles is rounded correctly; a longer decimal has to be read digit by digit.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        return bits[2] == 0 && digits <= (1UL << 53) && ((bits[3] >> 16) & 0xFF) <= 22
            ? (double)value
            : double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
