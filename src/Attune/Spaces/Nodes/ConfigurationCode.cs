using System.Reflection;
using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>Pieces of generated code that look into a configuration.</summary>
internal static class ConfigurationCode
{
    private static readonly MethodInfo NumberMethod = ((Func<Configuration, int, double>)Number).Method;
    private static readonly MethodInfo ActiveMethod = ((Func<Configuration, int, bool>)IsActive).Method;

    /// <summary>The internal number of the parameter with an index.</summary>
    internal static Linq.Expression Number(Linq.ParameterExpression configuration, int index) =>
        Linq.Expression.Call(NumberMethod, configuration, Linq.Expression.Constant(index));

    /// <summary>Whether the parameter with an index is active.</summary>
    internal static Linq.Expression IsActive(Linq.ParameterExpression configuration, int index) =>
        Linq.Expression.Call(ActiveMethod, configuration, Linq.Expression.Constant(index));

    private static double Number(Configuration configuration, int index) => configuration.Numbers[index];

    private static bool IsActive(Configuration configuration, int index) => !double.IsNaN(configuration.Numbers[index]);
}
