using System.Reflection;
using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>A record, class or struct whose members are parts.</summary>
/// <param name="type">The type.</param>
/// <param name="constructor">Null for a struct without one.</param>
/// <param name="arguments">The constructor's arguments: a part or, where it is null, a constant.</param>
/// <param name="properties">The properties to set after construction.</param>
internal sealed class GroupNode(
    Type type, ConstructorInfo? constructor, IReadOnlyList<GroupNode.Argument> arguments, IReadOnlyList<GroupNode.Binding> properties)
    : SpaceNode(type)
{
    internal override int? Presence { get; } =
        arguments.Select(argument => argument.Node?.Presence).Concat(properties.Select(binding => binding.Node.Presence))
            .FirstOrDefault(index => index is not null);

    internal override Linq.Expression Materialize(Linq.ParameterExpression configuration)
    {
        var creation = constructor is null
            ? Linq.Expression.New(Type)
            : Linq.Expression.New(constructor, arguments.Select(argument => argument.Node is { } node
                ? As(node.Materialize(configuration), argument.Property!.PropertyType)
                : Linq.Expression.Constant(argument.Constant, argument.ConstantType)));
        return properties.Count == 0
            ? creation
            : Linq.Expression.MemberInit(creation, properties.Select(binding => Linq.Expression.Bind(
                binding.Property, As(binding.Node.Materialize(configuration), binding.Property.PropertyType))));
    }

    internal override void Read(object? value, ICollection<KeyValuePair<string, ParameterValue>> values)
    {
        if (value is null)
            return;
        foreach (var argument in arguments)
            argument.Node?.Read(argument.Property!.GetValue(value), values);
        foreach (var binding in properties)
            binding.Node.Read(binding.Property.GetValue(value), values);
    }

    internal override object MakeDefault()
    {
        var instance = Construct(Type, constructor, arguments);
        foreach (var binding in properties)
            binding.Property.SetValue(instance, binding.Node.MakeDefault());
        return instance;
    }

    /// <summary>An instance of all defaults on which no property has been set.</summary>
    /// <exception cref="TargetInvocationException">The constructor throws.</exception>
    internal static object Construct(Type type, ConstructorInfo? constructor, IReadOnlyList<Argument> arguments) => constructor is null
        ? Activator.CreateInstance(type)!
        : constructor.Invoke([.. arguments.Select(argument => argument.Node is { } node ? node.MakeDefault() : argument.Constant)]);

    private static Linq.Expression As(Linq.Expression value, Type type) =>
        value.Type == type ? value : Linq.Expression.Convert(value, type);

    /// <summary>A constructor's argument: a part, read back from a property, or a constant.</summary>
    internal sealed record Argument(SpaceNode? Node, PropertyInfo? Property, object? Constant, Type ConstantType);

    /// <summary>A property and the part that gives its value.</summary>
    internal sealed record Binding(PropertyInfo Property, SpaceNode Node);
}
