using System.Reflection;

namespace Attune;

/// <summary>A property, a constructor's parameter, or both in one (as in a positional record), with the attributes of both.</summary>
internal sealed class SpaceMember
{
    private readonly Attribute[] _attributes;

    internal SpaceMember(MemberPlace place, PropertyInfo? property, ParameterInfo? parameter)
    {
        Place = place;
        Property = property;
        Parameter = parameter;
        Type = parameter?.ParameterType ?? property!.PropertyType;
        CodeName = property?.Name ?? parameter!.Name!;
        _attributes =
        [
            .. parameter is null ? [] : Attribute.GetCustomAttributes(parameter),
            .. property is null ? [] : Attribute.GetCustomAttributes(property),
        ];
    }

    internal MemberPlace Place { get; }

    internal PropertyInfo? Property { get; }

    internal ParameterInfo? Parameter { get; }

    /// <summary>The declared type, perhaps a nullable one.</summary>
    internal Type Type { get; }

    /// <summary>The type without <see cref="Nullable{T}"/>.</summary>
    internal Type ValueType => Nullable.GetUnderlyingType(Type) ?? Type;

    internal string CodeName { get; }

    internal bool IsNotTuned => Find<NotTunedAttribute>() is not null;

    /// <summary>Whether null may stand for an inactive member; where nullable annotations are off, every reference may.</summary>
    internal bool AcceptsNull => Type.IsValueType
        ? Nullable.GetUnderlyingType(Type) is not null
        : Property is null || new NullabilityInfoContext().Create(Property).ReadState != NullabilityState.NotNull;

    /// <summary>The attributes that say what kind of parameter it is.</summary>
    internal IEnumerable<Attribute> Kinds => _attributes.Where(attribute =>
        attribute is FloatAttribute or IntAttribute or ChoiceAttribute or OrdinalAttribute);

    internal IEnumerable<WhenAttribute> Conditions => _attributes.OfType<WhenAttribute>();

    /// <summary>All attributes that this library reads.</summary>
    internal IEnumerable<Attribute> Known => _attributes.Where(IsKnown);

    internal T? Find<T>()
        where T : Attribute => _attributes.OfType<T>().FirstOrDefault();

    /// <summary>The default that a constructor's parameter declares; null for none.</summary>
    internal object? ParameterDefault =>
        Parameter is not { HasDefaultValue: true, DefaultValue: { } value } ? null
        : ValueType.IsEnum ? Enum.ToObject(ValueType, value)
        : value;

    /// <summary>What a constructor gets for a parameter that is not tuned.</summary>
    internal object? ParameterConstant => ParameterDefault ?? (Type.IsValueType ? Activator.CreateInstance(Type) : null);

    internal static bool IsKnown(Attribute attribute) => attribute.GetType().Assembly == typeof(SpaceMember).Assembly;
}
