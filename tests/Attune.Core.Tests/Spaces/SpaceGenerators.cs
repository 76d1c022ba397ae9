using CsCheck;

namespace Attune.Core.Tests.Spaces;

/// <summary>Random legal parameters, values and spaces.</summary>
internal static class SpaceGenerators
{
    private static readonly string[] Words = ["svm", "logistic", "a b", "it's", "\"x\"", "größe", "学习率", "🙂", "", "1", "true", "[]", "\\", "\n"];

    internal static readonly Gen<string> Name = Gen.Select(
        Gen.OneOf("x", "rate", "größe", "学习率", "two words", "a.b", "and", "it's", "q\"q", "b`b", "_1", "🙂"), Gen.Int[0, 99],
        (word, number) => word + (number == 0 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    internal static readonly Gen<ParameterValue> Choice = Gen.OneOf(
        Gen.Int[-5, 5].Select(value => ParameterValue.Of((long)value)),
        Gen.OneOf(0.5, 1.0, 1e-12, -2.5, 1e300).Select(value => ParameterValue.Of(value)),
        Gen.OneOf(Words).Select(value => ParameterValue.Of(value)),
        Gen.Bool.Select(value => ParameterValue.Of(value)));

    internal static readonly Gen<FloatParameter> LinearFloat =
        from magnitude in Gen.Int[-300, 300]
        from a in Gen.Double[-1, 1]
        from b in Gen.Double[-1, 1]
        let unit = Math.Pow(10, magnitude)
        select new FloatParameter("x", Math.Min(a, b) * unit, Math.Max(a, b) * unit);

    internal static readonly Gen<FloatParameter> LogFloat =
        from a in Gen.Double[-300, 300]
        from b in Gen.Double[-300, 300]
        select new FloatParameter("x", Math.Pow(10, Math.Min(a, b)), Math.Pow(10, Math.Max(a, b)), Scale.Log);

    internal static readonly Gen<FloatParameter> LogitFloat =
        from a in Gen.Double[-30, 30]
        from b in Gen.Double[-30, 30]
        let low = 1 / (1 + Math.Exp(-Math.Min(a, b)))
        let high = 1 / (1 + Math.Exp(-Math.Max(a, b)))
        select new FloatParameter("x", low, high, Scale.Logit);

    internal static readonly Gen<FloatParameter> SteppedFloat =
        from exponent in Gen.Int[-12, 12]
        from step in Gen.Int[1, 50]
        from low in Gen.Int[-1000, 1000]
        from count in Gen.Int[1, 5000]
        from rest in Gen.Double[0, 0.9]
        from log in Gen.Bool
        let unit = Parse($"1e{exponent}")
        let start = log ? Math.Abs(low) + 1 : low
        let high = Parse($"{start + ((count - 1) * step)}e{exponent}") + (count == 1 ? 0 : rest * step * unit)
        select new FloatParameter("x", Parse($"{start}e{exponent}"), high, log ? Scale.Log : Scale.Linear, Parse($"{step}e{exponent}"));

    internal static readonly Gen<FloatParameter> SteppedLogit =
        from parts in Gen.Int[3, 1000]
        select new FloatParameter("x", 1.0 / parts, 1 - (1.0 / parts), Scale.Logit, 1.0 / parts);

    internal static readonly Gen<IntParameter> Int =
        from log in Gen.Bool
        from magnitude in Gen.Int[1, 11]
        from low in Gen.Long[log ? 1 : -(long)Math.Pow(10, magnitude), (long)Math.Pow(10, magnitude)]
        from length in Gen.Long[0, (long)Math.Pow(10, magnitude)]
        from step in Gen.Long[1, Math.Max(1, length)]
        select new IntParameter("x", low, low + length, log ? Scale.Log : Scale.Linear, step);

    internal static readonly Gen<Parameter> Choices =
        from values in Choice.Array[1, 20]
        from ordinal in Gen.Bool
        let different = values.Distinct().ToArray()
        select ordinal ? (Parameter)new OrdinalParameter("x", different) : new CategoricalParameter("x", different);

    internal static readonly Gen<Parameter> Discrete = Gen.OneOf(
        SteppedFloat.Select(p => (Parameter)p), SteppedLogit.Select(p => (Parameter)p), Int.Select(p => (Parameter)p), Choices);

    internal static readonly Gen<Parameter> Any = Gen.OneOf(
        Discrete, LinearFloat.Select(p => (Parameter)p), LogFloat.Select(p => (Parameter)p), LogitFloat.Select(p => (Parameter)p));

    /// <summary>Small finite spaces with conditions, forbidden combinations and constraints over the parameters a, b, c and d.</summary>
    internal static readonly Gen<SearchSpace> SmallFinite =
        from sizes in Gen.Int[1, 4].Array[4]
        from conditions in Gen.OneOf(
            (string?)null, "a == 0", "a > 0", "a in [0, 2]", "not (a == 1)", "a == 0 or b == 1", "b >= 1 and a < 2").Array[2]
        from forbidden in Gen.OneOf("a == 0 and c == 0", "c == 1", "a + b > 3", "d == 'v1' and a == 1").Array[0, 2]
        from constraints in Gen.OneOf("a + b < 5", "c <= a", "d != 'v0' or a == 0", "max(a, b, c) < 3").Array[0, 2]
        select new SearchSpace(
            [
                new CategoricalParameter("d", Enumerable.Range(0, 2 + sizes[3]).Select(i => ParameterValue.Of($"v{i}")), activation: When(conditions[1])),
                new OrdinalParameter("c", Enumerable.Range(0, 1 + sizes[2]).Select(i => ParameterValue.Of((long)i)), activation: When(conditions[0])),
                new IntParameter("a", 0, sizes[0]),
                new IntParameter("b", 0, sizes[1]),
            ],
            forbidden.Select(Expression.Parse), constraints.Select(rule => InputConstraint.Of(Expression.Parse(rule))));

    internal static double Parse(FormattableString text) =>
        double.Parse(FormattableString.Invariant(text), System.Globalization.CultureInfo.InvariantCulture);

    private static Expression? When(string? text) => text is null ? null : Expression.Parse(text);
}
