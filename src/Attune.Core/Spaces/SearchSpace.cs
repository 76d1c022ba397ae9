using System.Collections.Immutable;
using Attune.Internal;
using Attune.Numerics;

namespace Attune;

/// <summary>
/// An immutable, ordered set of parameters with activation conditions (a directed acyclic graph), forbidden combinations and input
/// constraints. Illegal spaces are refused at construction.
/// </summary>
public sealed partial class SearchSpace
{
    /// <summary>How many draws are tried for one legal configuration before the constraints are called contradictory.</summary>
    public const int MaxTries = 10_000;

    private readonly Dictionary<string, int> _index;
    private readonly CompiledExpression?[] _activations;
    private readonly CompiledExpression[] _forbidden;
    private readonly CompiledExpression[] _expressionConstraints;
    private readonly DelegateConstraint[] _delegateConstraints;
    private readonly int[] _order;

    /// <summary>Makes a space and checks it.</summary>
    /// <param name="parameters">At least one parameter, with different names.</param>
    /// <param name="forbidden">Conditions that no configuration may meet.</param>
    /// <param name="constraints">Rules that every configuration obeys.</param>
    /// <exception cref="SpaceException">Names repeat, an expression does not fit, conditions form a cycle, or there is no
    /// parameter.</exception>
    public SearchSpace(
        IEnumerable<Parameter> parameters, IEnumerable<Expression>? forbidden = null, IEnumerable<InputConstraint>? constraints = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        Forbidden = [.. forbidden ?? []];
        Constraints = [.. constraints ?? []];
        if (Parameters.Contains(null!) || Forbidden.Contains(null!) || Constraints.Contains(null!))
            throw new ArgumentException("A parameter, a forbidden combination or a constraint is null.");
        if (Parameters.Length == 0)
            throw new SpaceException("A search space needs at least one parameter.");
        _index = new(Parameters.Length, StringComparer.Ordinal);
        for (var i = 0; i < Parameters.Length; i++)
        {
            if (!_index.TryAdd(Parameters[i].Name, i))
                throw new SpaceException(Parameters[i].Name, "defined twice; names must differ.");
        }

        _activations = [.. Parameters.Select(CompileActivation)];
        _forbidden = [.. Forbidden.Select(expression => CompiledExpression.Compile(expression, Parameters, _index))];
        _expressionConstraints =
            [.. Constraints.OfType<ExpressionConstraint>().Select(rule => CompiledExpression.Compile(rule.Expression, Parameters, _index))];
        _delegateConstraints = [.. Constraints.OfType<DelegateConstraint>()];
        _order = SortByActivation();
        IsConditional = _activations.Any(activation => activation is not null);
        IsConstrained = Forbidden.Length + Constraints.Length > 0;
    }

    /// <summary>The parameters in the order in which they were given.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>Conditions that no configuration may meet.</summary>
    public ImmutableArray<Expression> Forbidden { get; }

    /// <summary>Rules that every configuration obeys.</summary>
    public ImmutableArray<InputConstraint> Constraints { get; }

    /// <summary>The number of parameters.</summary>
    public int Dimensions => Parameters.Length;

    /// <summary>Whether some parameter is not always active.</summary>
    public bool IsConditional { get; }

    /// <summary>Whether there are forbidden combinations or input constraints.</summary>
    public bool IsConstrained { get; }

    /// <summary>Whether the space has a finite number of configurations.</summary>
    public bool IsFinite => Parameters.All(parameter => parameter.IsDiscrete);

    /// <summary>The parameter with a name.</summary>
    /// <param name="name">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter.</exception>
    public Parameter this[string name] => Parameters[IndexOf(name)];

    /// <summary>The index of a parameter.</summary>
    /// <param name="name">The name of a parameter.</param>
    /// <exception cref="SpaceException">There is no such parameter.</exception>
    public int IndexOf(string name) => _index.TryGetValue(name, out var index)
        ? index
        : throw new SpaceException($"T{NearNames.Unknown("parameter", name, Parameters.Select(parameter => parameter.Name))[1..]}");

    /// <summary>Whether there is a parameter with a name.</summary>
    /// <param name="name">Any text.</param>
    public bool Contains(string name) => _index.ContainsKey(name);

    /// <summary>A configuration from named values. Values of parameters that turn out inactive are ignored.</summary>
    /// <param name="values">A value for each active parameter.</param>
    /// <param name="useDefaults">Whether active parameters that are not named take their defaults; otherwise they are an error.</param>
    /// <exception cref="SpaceException">A name is unknown, a value is missing or not legal, or a constraint is violated.</exception>
    public Configuration Configure(IEnumerable<KeyValuePair<string, ParameterValue>> values, bool useDefaults = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        var numbers = new double[Dimensions];
        var given = new bool[Dimensions];
        foreach (var (name, value) in values)
        {
            var index = IndexOf(name);
            if (given[index])
                throw new SpaceException(name, "given twice.");
            numbers[index] = Parameters[index].ToNumber(value);
            given[index] = true;
        }

        foreach (var index in _order)
        {
            if (!IsActive(index, numbers))
                numbers[index] = double.NaN;
            else if (!given[index] && !useDefaults)
                throw new SpaceException(Parameters[index].Name, $"no value given; allowed is {Parameters[index].Describe()}.");
            else if (!given[index])
                numbers[index] = Parameters[index].DefaultNumber;
        }

        var configuration = new Configuration(this, numbers);
        return Violation(configuration) is { } violation
            ? throw new SpaceException($"The configuration ({configuration}) violates {violation}.")
            : configuration;
    }

    /// <summary>The configuration of all defaults; it may violate a constraint.</summary>
    public Configuration Default()
    {
        var numbers = new double[Dimensions];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Parameters[i].DefaultNumber;
        return Complete(numbers);
    }

    /// <summary>
    /// Why a configuration is not legal in this space, or null when it is: bounds, steps, conditions, forbidden combinations, constraints.
    /// </summary>
    /// <param name="configuration">A configuration of this space.</param>
    public string? Validate(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.Numbers.Length != Dimensions)
            return $"it has {configuration.Numbers.Length} values for {Dimensions} parameters";
        foreach (var index in _order)
        {
            var number = configuration.Numbers[index];
            var active = IsActive(index, configuration.Raw);
            if (active == double.IsNaN(number))
                return active ? $"'{Parameters[index].Name}' is active but has no value"
                    : $"'{Parameters[index].Name}' is inactive but has a value";
            if (active && Parameters[index].Check(number) is { } problem)
                return $"'{Parameters[index].Name}': {problem}";
        }

        return Violation(configuration);
    }

    /// <summary>The first forbidden combination or constraint that a configuration violates, in words; null when there is none.</summary>
    internal string? Violation(Configuration configuration)
    {
        if (!IsConstrained)
            return null;
        foreach (var rule in _forbidden)
        {
            if (rule.Evaluate(configuration.Raw) == true)
                return $"the forbidden combination '{rule.Source}'";
        }

        foreach (var rule in _expressionConstraints)
        {
            if (rule.Evaluate(configuration.Raw) == false)
                return $"the constraint '{rule.Source}'";
        }

        foreach (var rule in _delegateConstraints)
        {
            if (!rule.Holds(configuration))
                return $"the constraint '{rule.Description}'";
        }

        return null;
    }

    /// <summary>Takes ownership of legal numbers, makes inactive ones NaN, and wraps them. Constraints are not checked.</summary>
    internal Configuration Complete(double[] numbers)
    {
        ApplyConditions(numbers);
        return new(this, numbers);
    }

    /// <summary>Finds out which parameters are active when each has a value, without making a configuration.</summary>
    /// <param name="numbers">The internal number of a legal value for each parameter; those that turn out inactive become NaN.</param>
    /// <exception cref="ArgumentException">The number of numbers is not that of the parameters.</exception>
    public void ApplyConditions(double[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Length != Dimensions)
            throw new ArgumentException(
                $"The space has {Dimensions} parameters, but {numbers.Length} numbers were given.", nameof(numbers));
        if (!IsConditional)
            return;
        foreach (var index in _order)
        {
            if (!IsActive(index, numbers))
                numbers[index] = double.NaN;
        }
    }

    internal bool IsActive(int index, double[] numbers) => _activations[index] is not { } condition || condition.Evaluate(numbers) == true;

    /// <summary>One draw from the priors (uniform on the scales where there is none), made legal by rejection.</summary>
    /// <param name="stream">The source of randomness; one uniform is used for each parameter and try.</param>
    /// <exception cref="SpaceException">No legal configuration was found in <see cref="MaxTries"/> draws.</exception>
    public Configuration Sample(ref RandomStream stream)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var numbers = new double[Dimensions];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = Parameters[i].FromPrior(stream.NextDouble());
            var configuration = Complete(numbers);
            if (!IsConstrained || Violation(configuration) is null)
                return configuration;
        }

        throw NothingLegal();
    }

    /// <summary>The error for constraints that (nearly) exclude each other.</summary>
    public SpaceException NothingLegal() => new(
        $"No legal configuration was found in {MaxTries} draws; the forbidden combinations and constraints leave (almost) nothing: "
        + $"{string.Join("; ", Forbidden.Select(rule => $"not ({rule})").Concat(Constraints.Select(rule => rule.Description)))}.");

    /// <summary>Supplies the code of input constraints that this space, read from a journal, knows by name and version only.</summary>
    /// <param name="source">A space that holds the code under the same names and versions; others of its constraints are ignored.</param>
    public void BindConstraints(SearchSpace source)
    {
        ArgumentNullException.ThrowIfNull(source);
        foreach (var constraint in _delegateConstraints)
        {
            var match = Array.Find(
                source._delegateConstraints, other => other.Name == constraint.Name && other.Version == constraint.Version);
            if (match is not null)
                constraint.Bind(match);
        }
    }

    private CompiledExpression? CompileActivation(Parameter parameter)
    {
        if (parameter.Activation is null)
            return null;
        try
        {
            var compiled = CompiledExpression.Compile(parameter.Activation, Parameters, _index);
            return compiled.Parameters.Contains(_index[parameter.Name])
                ? throw new SpaceException(parameter.Name, "its condition refers to itself.")
                : compiled;
        }
        catch (SpaceException exception) when (exception.Parameter is null)
        {
            throw new SpaceException(parameter.Name, $"its condition is not legal. {exception.Message}");
        }
    }

    private int[] SortByActivation()
    {
        var order = new List<int>(Dimensions);
        var state = new byte[Dimensions];
        var path = new List<string>();
        for (var i = 0; i < Dimensions; i++)
            Visit(i);
        return [.. order];

        void Visit(int index)
        {
            if (state[index] == 2)
                return;
            path.Add(Parameters[index].Name);
            if (state[index] == 1)
            {
                var cycle = path[path.IndexOf(Parameters[index].Name)..];
                throw new SpaceException(Parameters[index].Name, $"the conditions form a cycle: {string.Join(" → ", cycle)}.");
            }

            state[index] = 1;
            foreach (var parent in _activations[index]?.Parameters ?? [])
                Visit(parent);
            state[index] = 2;
            path.RemoveAt(path.Count - 1);
            order.Add(index);
        }
    }
}
