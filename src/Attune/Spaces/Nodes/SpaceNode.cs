using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A part of a typed space: a value of <see cref="Type"/> that stands for one parameter or for a group of them.</summary>
internal abstract class SpaceNode(Type type)
{
    internal Type Type { get; } = type;

    /// <summary>The index of a parameter that is active exactly when this part is; null when there is none.</summary>
    internal abstract int? Presence { get; }

    /// <summary>The code that makes the value from a configuration in which this part is active.</summary>
    internal abstract Linq.Expression Materialize(Linq.ParameterExpression configuration);

    /// <summary>Adds the parameters' values that make up a value of this part.</summary>
    /// <exception cref="SpaceException">The value is not one that the part can have.</exception>
    internal abstract void Read(object? value, ICollection<KeyValuePair<string, ParameterValue>> values);

    /// <summary>The value of all defaults.</summary>
    internal abstract object MakeDefault();
}
