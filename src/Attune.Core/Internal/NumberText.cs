using System.Globalization;

namespace Attune.Internal;

/// <summary>
/// Numbers as people of the field read them, such as <c>0.25</c> and <c>1.5e-05</c>, the same in every culture. Not for users: it may
/// change at any time.
/// </summary>
public static class NumberText
{
    /// <summary>At most six significant digits.</summary>
    /// <param name="value">Any number.</param>
    public static string Short(double value) => Write(value, "G6");

    /// <summary>As few digits as give the same number when read.</summary>
    /// <param name="value">Any number.</param>
    public static string Exact(double value) => Write(value, "R");

    private static string Write(double value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? text.Replace('E', 'e') : text;
    }
}
