using Attune.Internal;

namespace Attune;

/// <summary>The functions that an expression may call.</summary>
internal static class ExpressionFunctions
{
    private static readonly Dictionary<string, Func<double, double>> Unary = new(StringComparer.Ordinal)
    {
        ["log"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["exp"] = Math.Exp,
        ["sqrt"] = Math.Sqrt,
        ["abs"] = Math.Abs,
        ["floor"] = Math.Floor,
        ["ceil"] = Math.Ceiling,
    };

    internal static string? ArgumentMistake(string function, int arguments)
    {
        if (function is "min" or "max")
            return arguments >= 2 ? null : $"{function} takes at least two arguments.";
        if (!Unary.ContainsKey(function))
            return NearNames.Unknown("function", function, [.. Unary.Keys, "min", "max"]);
        return arguments == 1 ? null : $"{function} takes one argument, not {arguments}.";
    }

    internal static Func<double[], double> Bind(string function) => function switch
    {
        // Unlike Enumerable.Max, these let NaN (unknown) through.
        "min" => static values => values.Aggregate(Math.Min),
        "max" => static values => values.Aggregate(Math.Max),
        _ => BindUnary(Unary[function]),
    };

    /// <summary>The power, but unknown when either is unknown: Math.Pow takes NaN to the power of 0 for 1.</summary>
    internal static double Power(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? double.NaN : Math.Pow(left, right);

    private static Func<double[], double> BindUnary(Func<double, double> apply) => values => apply(values[0]);
}
