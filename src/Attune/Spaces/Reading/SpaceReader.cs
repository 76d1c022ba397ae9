using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Attune;

/// <summary>Reads a type and all types in it into the parts of a typed space.</summary>
internal sealed partial class SpaceReader
{
    private readonly MistakeList _mistakes;
    private readonly List<(LeafNode Leaf, ImmutableArray<PendingCondition> Conditions)> _leaves = [];
    private readonly List<(string Text, NameScope Scope, MemberPlace Place)> _forbidden = [];
    private readonly List<(string Text, NameScope Scope, MemberPlace Place)> _constraints = [];
    private readonly Stack<Type> _open = new();

    private SpaceReader(Type root) => _mistakes = new(root);

    /// <summary>The search space of a type and the part that makes its values.</summary>
    /// <exception cref="SpaceException">The type has mistakes; the message lists them with type and member.</exception>
    internal static (SearchSpace Space, SpaceNode Root) Read(Type type)
    {
        var reader = new SpaceReader(type);
        var place = new MemberPlace(TypeNames.Of(type), null, "");
        SpaceNode? root = null;
        if (LeafReader.IsLeaf(type) || !IsGroup(type))
            reader._mistakes.Add(place, "is no type with members; a search space is a record, class or struct.");
        else if (type.GetCustomAttribute<ChoiceAttribute>(inherit: false) is { } cases)
            root = reader.ReadCases(type, cases, place with { Path = type.Name }, NameOf(type), null, NameScope.Root, [], initial: null);
        else
            root = reader.ReadGroup(type, place, NameScope.Root, [], initial: null);
        if (reader._mistakes.IsEmpty && reader._leaves.Count == 0)
            reader._mistakes.Add(place, "has no member to tune; annotate one, for example with [Float(0, 1)].");
        reader._mistakes.ThrowIfAny();
        return (reader.MakeSpace(place), root!);
    }

    private SearchSpace MakeSpace(MemberPlace root)
    {
        var names = new NameTable(_leaves.Select(pair => pair.Leaf), _mistakes);
        var parameters = _leaves.Select(pair => pair.Leaf.Define(pair.Conditions
            .Select(condition => condition.Read(names)).OfType<Expression>()
            .Aggregate(default(Expression?), (all, one) => all is null ? one : all & one))).ToArray();
        var forbidden = _forbidden.ConvertAll(rule => names.Read(rule.Text, rule.Scope, rule.Place, "the forbidden combination"));
        var constraints = _constraints.ConvertAll(rule => names.Read(rule.Text, rule.Scope, rule.Place, "the constraint"));
        _mistakes.ThrowIfAny();
        try
        {
            return new(parameters, forbidden!, constraints.Select(rule => InputConstraint.Of(rule!)));
        }
        catch (SpaceException exception)
        {
            _mistakes.Add(names.PlaceOf(exception.Parameter) ?? root, exception);
            _mistakes.ThrowIfAny();
            throw;
        }
    }

    private GroupNode? ReadGroup(
        Type type, MemberPlace place, NameScope scope, ImmutableArray<PendingCondition> conditions, object? initial)
    {
        if (_open.Contains(type))
        {
            _mistakes.Add(place, $"{TypeNames.Of(type)} contains itself, so the space would have no end.");
            return null;
        }

        if (type.IsAbstract)
        {
            _mistakes.Add(
                place, $"{TypeNames.Of(type)} is abstract; list the types that may stand for it, [Choice(typeof(…), typeof(…))].");
            return null;
        }

        if (TypeShape.Read(type, scope, _mistakes) is not { } shape)
            return null;
        _open.Push(type);
        var owner = new MemberPlace(TypeNames.Of(type), null, scope.Path);
        foreach (var rule in type.GetCustomAttributes<ForbidAttribute>())
            _forbidden.Add((rule.Condition, scope, owner));
        foreach (var rule in type.GetCustomAttributes<ConstrainAttribute>())
            _constraints.Add((rule.Rule, scope, owner));
        var arguments = shape.Arguments.Select(member => new GroupNode.Argument(
            ReadMember(member, scope, conditions, ValueIn(initial, member) ?? member.ParameterDefault),
            member.Property, member.ParameterConstant, member.Type)).ToArray();
        if (shape.Properties.Count > 0)
            initial ??= Construct(type, owner, shape, arguments);
        var bindings = new List<GroupNode.Binding>();
        foreach (var member in shape.Properties)
        {
            if (ReadMember(member, scope, conditions, Declared(member, initial)) is { } node)
                bindings.Add(new(member.Property!, node));
        }

        _open.Pop();
        return new(type, shape.Constructor, arguments, bindings);
    }

    private SpaceNode? ReadMember(SpaceMember member, NameScope scope, ImmutableArray<PendingCondition> conditions, object? initial)
    {
        if (member.IsNotTuned)
        {
            if (member.Known.FirstOrDefault(attribute => attribute is not NotTunedAttribute) is { } other)
                _mistakes.Add(member.Place, $"[NotTuned] and {TypeShape.Display(other)} contradict each other; keep one.");
            return null;
        }

        var own = member.Find<NameAttribute>() is { } given ? given.Name : TypeNames.Snake(member.CodeName);
        if (string.IsNullOrWhiteSpace(own))
        {
            _mistakes.Add(member.Place, "its name in the space must not be blank.");
            return null;
        }

        var name = scope.Name(own);
        conditions = conditions.AddRange(
            member.Conditions.Select(condition => new PendingCondition(names => names.Read(condition, scope, member.Place))));
        try
        {
            var node = LeafReader.IsLeaf(member.ValueType) ? Add(LeafReader.Read(member, name, initial), conditions)
                : ReadNested(member, name, scope, conditions, initial);
            return node is null || !member.Conditions.Any() ? node : MakeOptional(member, node);
        }
        catch (SpaceException exception)
        {
            _mistakes.Add(member.Place, exception);
            return null;
        }
    }

    private SpaceNode? ReadNested(
        SpaceMember member, string name, NameScope scope, ImmutableArray<PendingCondition> conditions, object? initial)
    {
        var inner = new NameScope(scope, name, member.Place.Path);
        var type = member.ValueType;
        var cases = member.Find<ChoiceAttribute>() ?? type.GetCustomAttribute<ChoiceAttribute>(inherit: false);
        var wrong = member.Known.FirstOrDefault(attribute =>
            attribute is FloatAttribute or IntAttribute or OrdinalAttribute or PriorAttribute
            || (attribute is WeightsAttribute && cases is null));
        if (IsGroup(type) && wrong is null)
        {
            return cases is null
                ? ReadGroup(type, member.Place, inner, conditions, initial)
                : ReadCases(type, cases, member.Place, name, LeafReader.PriorOf(member, name), inner, conditions, initial);
        }

        _mistakes.Add(member.Place, IsGroup(type)
            ? $"{TypeShape.Display(wrong!)} is not for {TypeNames.Of(type)}, whose members are parameters of their own."
            : $"a {TypeNames.Of(type)} cannot be tuned; use double, float, int, long, bool, string, an enum or a type of such members, "
                + "or keep it out with [NotTuned].");
        return null;
    }

    private LeafNode Add(LeafNode leaf, ImmutableArray<PendingCondition> conditions)
    {
        leaf.Index = _leaves.Count;
        _leaves.Add((leaf, conditions));
        return leaf;
    }

    private OptionalNode? MakeOptional(SpaceMember member, SpaceNode node)
    {
        var given = member.Conditions.Select(condition => condition.Otherwise).Where(value => value is not null).Distinct().ToArray();
        object? otherwise = null;
        if (given.Length > 1)
        {
            _mistakes.Add(
                member.Place,
                $"its conditions give two values for Otherwise, {Literals.Show(given[0])} and {Literals.Show(given[1])}; keep one.");
        }
        else if (given.Length == 1 && !(node is LeafNode && Literals.TryConvert(given[0], member.ValueType, out otherwise)))
        {
            _mistakes.Add(member.Place, $"Otherwise = {Literals.Show(given[0])} is not a value of type {TypeNames.Of(member.ValueType)}.");
        }
        else if (given.Length == 0 && !member.AcceptsNull)
        {
            var alternative = node is LeafNode ? ", or say what it is then, [When(…, Otherwise = …)]" : "";
            _mistakes.Add(
                member.Place,
                $"is inactive when its condition is not true, so make it nullable ({TypeNames.Of(member.Type)}?){alternative}.");
        }
        else if (node.Presence is null)
        {
            _mistakes.Add(
                member.Place,
                $"stands under a condition, so {TypeNames.Of(member.ValueType)} needs a member without a condition of its own.");
        }
        else
        {
            return new(node, member.Type, otherwise);
        }

        return null;
    }

    private static object? ValueIn(object? instance, SpaceMember member) =>
        instance is null ? null : member.Property?.GetValue(instance);

    // That a property holds 0 or false does not say that somebody set it.
    private static object? Declared(SpaceMember member, object? instance) =>
        ValueIn(instance, member) is { } value && !(member.Type.IsValueType && value.Equals(Activator.CreateInstance(member.Type)))
            ? value
            : null;

    private object? Construct(Type type, MemberPlace place, TypeShape shape, GroupNode.Argument[] arguments)
    {
        // A part that is missing by mistake has been reported, and then defaults are of no use.
        if (shape.Arguments.Zip(arguments).Any(pair => !pair.First.IsNotTuned && pair.Second.Node is null))
            return null;
        try
        {
            return GroupNode.Construct(type, shape.Constructor, arguments);
        }
        catch (TargetInvocationException exception)
        {
            _mistakes.Add(
                place,
                $"the initial values of its properties cannot be read, for its constructor throws: {exception.InnerException!.Message}");
            return null;
        }
    }

    private static bool IsGroup(Type type) =>
        (type.IsClass || type.IsInterface || (type.IsValueType && !type.IsPrimitive && !type.IsByRefLike && !type.IsEnum))
        && !type.IsArray && !type.IsPointer && !type.IsByRef
        && !type.IsAssignableTo(typeof(IEnumerable)) && !type.IsAssignableTo(typeof(Delegate))
        && type.Assembly != typeof(object).Assembly;
}
