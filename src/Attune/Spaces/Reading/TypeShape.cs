using System.Reflection;

namespace Attune;

/// <summary>How a record, class or struct is made: the constructor to call and the properties to set after it.</summary>
internal sealed record TypeShape(ConstructorInfo? Constructor, IReadOnlyList<SpaceMember> Arguments, IReadOnlyList<SpaceMember> Properties)
{
    private const string CannotBeSet = " needs a property that can be set: give it a public set or init, or a constructor's parameter.";

    /// <summary>The shape of a type; null after a mistake.</summary>
    internal static TypeShape? Read(Type type, NameScope scope, MistakeList mistakes)
    {
        var owner = new MemberPlace(TypeNames.Of(type), null, scope.Path);
        if (!TryChooseConstructor(type, owner, mistakes, out var constructor))
            return null;
        var properties = PropertiesOf(type);
        var arguments = new List<SpaceMember>();
        foreach (var parameter in constructor?.GetParameters() ?? [])
        {
            var property = properties.Find(property => property.Name == parameter.Name)
                ?? properties.Find(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            properties.Remove(property!);
            arguments.Add(Member(property, parameter));
            if (arguments[^1].IsNotTuned ? !parameter.HasDefaultValue : property?.PropertyType != parameter.ParameterType)
            {
                mistakes.Add(arguments[^1].Place, arguments[^1].IsNotTuned
                    ? "is not tuned, so the constructor's parameter needs a default value."
                    : $"the constructor's parameter '{parameter.Name}' needs a public property of the same name and type, "
                        + "from which its value is read back.");
            }
        }

        var settable = new List<SpaceMember>();
        foreach (var member in properties.Select(property => Member(property, null)))
        {
            if (member.Property!.SetMethod is { IsPublic: true })
                settable.Add(member);
            else if (member.Known.FirstOrDefault() is { } attribute && !member.IsNotTuned)
                mistakes.Add(member.Place, Display(attribute) + CannotBeSet);
        }

        return new(constructor, arguments, settable);

        SpaceMember Member(PropertyInfo? property, ParameterInfo? parameter)
        {
            var name = property?.Name ?? parameter!.Name!;
            return new(new MemberPlace(owner.Owner, name, scope.PathOf(name)), property, parameter);
        }
    }

    /// <summary>The attribute as C# writes it, without arguments.</summary>
    internal static string Display(Attribute attribute) => $"[{attribute.GetType().Name[..^"Attribute".Length]}]";

    private static bool TryChooseConstructor(Type type, MemberPlace owner, MistakeList mistakes, out ConstructorInfo? constructor)
    {
        var all = type.GetConstructors();
        var annotated = Array.FindAll(all, static one =>
            one.GetParameters().SelectMany(Attribute.GetCustomAttributes).Any(SpaceMember.IsKnown));
        constructor = all.Length == 1 ? all[0]
            : annotated.Length == 1 ? annotated[0]
            : annotated.Length == 0 ? Array.Find(all, one => one.GetParameters().Length == 0)
            : null;
        if (constructor is not null || (type.IsValueType && annotated.Length == 0))
            return true;
        mistakes.Add(owner, all.Length == 0
            ? "has no public constructor."
            : $"has {all.Length} public constructors; annotate the parameters of exactly one, or add one without parameters.");
        return false;
    }

    // Reflection promises no order: base types first, then as declared.
    private static List<PropertyInfo> PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .GroupBy(property => property.Name, StringComparer.Ordinal)
            .Select(same => same.MaxBy(property => Depth(property.DeclaringType!))!)
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.MetadataToken)];

    private static int Depth(Type? type)
    {
        var depth = 0;
        for (; type is not null; type = type.BaseType)
            depth++;
        return depth;
    }
}
