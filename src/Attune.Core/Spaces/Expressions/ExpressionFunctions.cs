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
            return $"the function '{function}' is unknown; there are {string.Join(", ", Unary.Keys)}, min, max.";
        return arguments == 1 ? null : $"{function} takes one argument, not {arguments}.";
    }

    internal static Func<double[], double> Bind(string function) => function switch
    {
        "min" => static values => values.Min(),
        "max" => static values => values.Max(),
        _ => BindUnary(Unary[function]),
    };

    private static Func<double[], double> BindUnary(Func<double, double> apply) => values => apply(values[0]);
}
