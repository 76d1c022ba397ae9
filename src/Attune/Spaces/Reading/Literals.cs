using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Attune;

/// <summary>Constants in attributes, which come as plain objects.</summary>
internal static class Literals
{
    /// <summary>
    /// The constant as a value of a member's type; integers are taken for wider and for real numbers, where they are exact.
    /// </summary>
    internal static bool TryConvert(object? literal, Type type, [NotNullWhen(true)] out object? value)
    {
        value = literal switch
        {
            null => null,
            _ when type.IsInstanceOfType(literal) => literal,
            byte or sbyte or short or ushort or int or uint or long
                when IsExact(Convert.ToInt64(literal, CultureInfo.InvariantCulture), type) =>
                Convert.ChangeType(literal, type, CultureInfo.InvariantCulture),
            float number when type == typeof(double) => Widen(number),
            double number when type == typeof(float) => (float)number,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>A constant as C# writes it.</summary>
    internal static string Show(object? literal) => literal switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        Type type => $"typeof({TypeNames.Of(type)})",
        Enum value => $"{TypeNames.Of(value.GetType())}.{value}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => TypeNames.Of(literal.GetType()),
    };

    /// <summary>The shortest decimal number that rounds to a float: 0.1 for 0.1f.</summary>
    internal static double Widen(float number) =>
        double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static bool IsExact(long number, Type type) =>
        type == typeof(long)
        || (type == typeof(int) && number is >= int.MinValue and <= int.MaxValue)
        || (type == typeof(double) && (long)(double)number == number)
        || (type == typeof(float) && (long)(float)number == number);
}
