using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Linq = System.Linq.Expressions;

namespace Attune;

/// <summary>
/// A search space whose configurations are values of a type. Immutable and safe for several threads; see <see cref="TypedSpace.Of{T}"/>.
/// </summary>
/// <typeparam name="T">The record, class or struct that defines the space.</typeparam>
public sealed class TypedSpace<T>
    where T : notnull
{
    private readonly SpaceNode _root;
    private readonly Func<Configuration, T> _materialize;
    private readonly ConditionalWeakTable<SearchSpace, StrongBox<bool>> _layouts = [];

    internal TypedSpace(SearchSpace space, SpaceNode root)
    {
        (Space, _root) = (space, root);
        var configuration = Linq.Expression.Parameter(typeof(Configuration), "configuration");
        _materialize = Linq.Expression.Lambda<Func<Configuration, T>>(root.Materialize(configuration), configuration).Compile();
    }

    /// <summary>The search space.</summary>
    public SearchSpace Space { get; }

    /// <summary>The value that a configuration stands for. Inactive members are null, or what their conditions say.</summary>
    /// <param name="configuration">
    /// A configuration of <see cref="Space"/>, or of the same space read back from a store, earlier revisions included: parameters that
    /// it does not have yet take their defaults.
    /// </param>
    /// <returns>A new value. What the type's constructor throws is not caught.</returns>
    /// <exception cref="SpaceException">The configuration is of another space.</exception>
    public T Materialize(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (!ReferenceEquals(configuration.Space, Space) && !_layouts.GetValue(configuration.Space, Compare).Value)
            configuration = Space.Adopt(configuration, ImmutableDictionary<string, ParameterValue>.Empty);
        return _materialize(configuration);
    }

    /// <summary>The configuration that a value stands for. Members that turn out inactive are left aside, whatever they hold.</summary>
    /// <param name="value">A value.</param>
    /// <returns>A configuration of <see cref="Space"/>, of which <see cref="Materialize"/> makes an equal value again.</returns>
    /// <exception cref="SpaceException">A member is out of range, null while it is active, or a constraint is violated.</exception>
    public Configuration ToConfiguration(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var values = new List<KeyValuePair<string, ParameterValue>>(Space.Dimensions);
        _root.Read(value, values);
        return Space.Configure(values);
    }

    // True when the internal numbers mean the same in both spaces.
    private StrongBox<bool> Compare(SearchSpace other)
    {
        if (other.Parameters.FirstOrDefault(parameter => !Space.Contains(parameter.Name)) is { } unknown)
        {
            throw new SpaceException(
                unknown.Name,
                $"is no member of {TypeNames.Of(typeof(T))}, so this is a configuration of another space; "
                + $"there are {string.Join(", ", Space.Parameters.Select(own => own.Name))}.");
        }

        return new(other.Parameters.Length == Space.Dimensions && other.Parameters.Zip(Space.Parameters).All(static pair =>
            pair.First.Name == pair.Second.Name && pair.First.Kind == pair.Second.Kind
            && (pair is not { First: ChoiceParameter first, Second: ChoiceParameter second }
                || first.Choices.AsSpan().SequenceEqual(second.Choices.AsSpan()))));
    }
}
