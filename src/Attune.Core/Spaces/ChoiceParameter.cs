using System.Collections.Immutable;
using Attune.Internal;

namespace Attune;

/// <summary>What categorical and ordinal parameters share: a list of different choices.</summary>
public abstract class ChoiceParameter : Parameter
{
    private readonly double _default;

    private protected ChoiceParameter(
        string name, IEnumerable<ParameterValue> choices, ParameterValue? defaultValue, Prior? prior, Expression? activation)
        : base(name, activation)
    {
        ArgumentNullException.ThrowIfNull(choices);
        Choices = [.. choices];
        if (Choices.Length == 0)
            throw Error("there must be at least one choice.");
        var seen = new HashSet<ParameterValue>();
        foreach (var choice in Choices)
        {
            if (!seen.Add(choice))
                throw Error($"the choice '{choice}' stands twice.");
            if (choice.Kind == ParameterValue.ValueKind.Text && !IsWellFormed(choice.AsText()))
                throw Error($"the choice '{choice}' is not well-formed Unicode (half of a surrogate pair), so it could not be stored.");
        }

        IsNumeric = Choices.All(choice => choice.IsNumber);
        _default = defaultValue is { } value ? ToNumber(value) : 0;
        Prior = prior;
        if (prior is NormalPrior)
            throw Error("a normal prior is for numbers; choices take weights, one for each choice.");
        if (prior is WeightPrior { Weights: var weights })
        {
            if (weights.IsDefault || weights.Length != Choices.Length)
                throw Error($"the prior has {(weights.IsDefault ? 0 : weights.Length)} weights for {Choices.Length} choices.");
            if (weights.Any(weight => !(weight >= 0)) || !(weights.Sum() > 0 && double.IsFinite(weights.Sum())))
                throw Error("the prior's weights must be finite (their sum, too) and not negative, and not all zero.");
        }
    }

    /// <summary>The choices in order; a choice's code is its index, and revisions of a space only append.</summary>
    public ImmutableArray<ParameterValue> Choices { get; }

    /// <summary>Whether every choice is a number.</summary>
    public bool IsNumeric { get; }

    /// <inheritdoc/>
    public override long? Count => Choices.Length;

    internal override double DefaultNumber => _default;

    /// <inheritdoc/>
    public override double ToUnit(double number) => (number + 0.5) / Choices.Length;

    /// <inheritdoc/>
    public override (double Low, double High) UnitCell(double number) => (number / Choices.Length, (number + 1) / Choices.Length);

    /// <inheritdoc/>
    public override double FromUnit(double unit) =>
        Math.Clamp(Math.Floor((double.IsNaN(unit) ? 0 : unit) * Choices.Length), 0, Choices.Length - 1);

    /// <inheritdoc/>
    public override ParameterValue ToValue(double number) => Choices[(int)number];

    /// <inheritdoc/>
    public override double ToNumber(ParameterValue value)
    {
        var exact = Choices.IndexOf(value);
        if (exact >= 0)
            return exact;

        // A study file or a program may write 1 where the choice is 1.0.
        for (var code = 0; code < Choices.Length && value.IsNumber; code++)
        {
            if (Choices[code].IsNumber && Choices[code].AsDouble() == value.AsDouble())
                return code;
        }

        throw Error($"'{value}' is not a choice; allowed are {string.Join(", ", Choices)}.");
    }

    /// <inheritdoc/>
    public override string? Check(double number) => number >= 0 && number < Choices.Length && number == Math.Floor(number)
        ? null
        : $"{NumberText.Exact(number)} is not a code of a choice; codes are 0 to {Choices.Length - 1}.";

    /// <inheritdoc/>
    public override double NumberAt(long index) => index;

    /// <inheritdoc/>
    public override long IndexOf(double number) => (long)number;

    internal override bool SameAs(Parameter other) =>
        other is ChoiceParameter same && same.Kind == Kind && same.Name == Name && same.Choices.AsSpan().SequenceEqual(Choices.AsSpan())
        && same._default.Equals(_default) && Equals(same.Prior, Prior) && SameExpression(same.Activation, Activation);

    /// <inheritdoc/>
    public override string Describe() => $"{(Kind == ParameterKind.Ordinal ? "ordinal" : "categorical")} {string.Join(" | ", Choices)}";
}
