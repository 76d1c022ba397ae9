namespace Attune.Tests.Spaces;

/// <content>Types that are no search spaces.</content>
public sealed partial class TypedSpaceMistakeTests
{
    public sealed record NoAttribute(double Rate);

    public sealed record TextWithoutChoices(string Model);

    public sealed record RangeOnText([Float(0, 1)] string Model);

    public sealed record FloatOnInt([Float(0, 1)] int? Depth);

    public sealed record IntOnDouble([Int(0, 1)] double Rate);

    public sealed record OrdinalOnBool([Ordinal(false, true)] bool Flag);

    public sealed record FloatOnEnum([Float(0, 1)] Kernel Kernel);

    public sealed record LowAboveHigh([Float(1.5, 0)] double Rate);

    public sealed record LogFromZero([Int(0, 8, Scale = Scale.Log)] int Depth);

    public sealed record DefaultOutside([Int(0, 8, Default = 9)] int Depth);

    public sealed class DeclaredDefaultOutside
    {
        [Float(0, 1)]
        public double Rate { get; init; } = 1.5;
    }

    public sealed record BigInt([Int(0, 5_000_000_000)] int Rows);

    public sealed record BigFloat([Float(0, 1e300)] float Rate);

    public sealed record TwoKinds([Float(0, 1)] [Choice(0.5)] double Rate);

    public sealed record TwoPriors([Float(0, 1)] [Prior(0.5, 0.1)] [Weights(1)] double Rate);

    public sealed record NormalPriorOnChoice([Prior(0.5, 0.1)] Kernel Kernel);

    public sealed record WeightsOnNumber([Float(0, 1)] [Weights(1, 2)] double Rate);

    public sealed record WrongWeights([Weights(1, 2)] Kernel Kernel);

    public sealed record NoChoices([Choice] string Model);

    public sealed record SameChoiceTwice([Choice("a", "b", "a")] string Model);

    public sealed record ChoiceOfAnotherType([Choice(1, 2.5)] int Depth);

    public sealed record UnnamedEnumChoice([Choice(Kernel.Linear, (Kernel)9)] Kernel Kernel);

    public sealed record DefaultIsNoChoice([Choice("a", "b", Default = "c")] string Model);

    public sealed record InfiniteChoice([Ordinal(1, double.PositiveInfinity)] double Rate);

    public sealed record Unsupported([Float(0, 1)] decimal Rate);

    public sealed record UnsupportedList(List<int> Layers);

    public sealed record RangeOnNested([Float(0, 1)] Momentum Momentum);

    public sealed record SameNames([Float(0, 1)] double Rate, [Int(0, 1)] [Name("rate")] int Speed);

    public sealed record BlankName([Float(0, 1)] [Name(" ")] double Rate);

    public sealed record UnknownName([Float(0, 1)] double Rate, [Float(0, 1)] [When("rat > 0.5")] double? Momentum);

    public sealed record UnknownMember([Float(0, 1)] double Rate, [Float(0, 1)] [When("Kernel", Kernel.Linear)] double? Momentum);

    public sealed record BadExpression([Float(0, 1)] double Rate, [Float(0, 1)] [When("rate >")] double? Momentum);

    public sealed record NoValues(Kernel Kernel, [Float(0, 1)] [When(nameof(Kernel), new object[0])] double? Gamma);

    public sealed record ValueOfAnotherType(Kernel Kernel, [Float(0, 1)] [When(nameof(Kernel), "linear")] double? Gamma);

    public sealed record ValueOutside([Int(0, 8)] int Depth, [Float(0, 1)] [When(nameof(Depth), 9)] double? Gamma);

    public sealed record TextAgainstNumber([Int(0, 8)] int Depth, [Float(0, 1)] [When("depth == 'deep'")] double? Gamma);

    public sealed record Cycle([Float(0, 1)] [When("b > 0")] double? A, [Float(0, 1)] [When("a > 0")] double? B);

    public sealed record OnItself([Float(0, 1)] [When("a > 0")] double? A);

    public sealed record NotNullable(bool Flag, [Float(0, 1)] [When(nameof(Flag))] double Rate);

    public sealed record NestedNotNullable(bool Flag, [When(nameof(Flag))] Momentum Momentum);

    public sealed record OtherwiseOfAnotherType(bool Flag, [Int(1, 8)] [When(nameof(Flag), true, Otherwise = 0.5)] int Depth);

    public sealed record TwoOtherwise(
        bool Flag, [Int(1, 8)] [When(nameof(Flag), Otherwise = 0)] [When("not flag", Otherwise = -1)] int Depth);

    public sealed record Hidden([Float(0, 1)] [When("flag")] double? Rate);

    public sealed record NothingAlwaysActive(bool Flag, [When(nameof(Flag))] Hidden? Hidden);

    [Constrain("rate * depth < 1")]
    public sealed record UnknownInConstraint([Float(0, 1)] double Rate);

    [Forbid("kernel > 'linear'")]
    public sealed record BadForbid(Kernel Kernel);

    public sealed class PrivateConstructor
    {
        private PrivateConstructor()
        {
        }

        [Float(0, 1)]
        public double Rate { get; set; }
    }

    public sealed class TwoConstructors
    {
        public TwoConstructors(double rate) => Rate = rate;

        public TwoConstructors(int rate) => Rate = rate;

        [Float(0, 1)]
        public double Rate { get; set; }
    }

    public sealed class NothingToReadBack([Float(0, 1)] double rate)
    {
        public double Half => rate / 2;
    }

    public sealed class GetOnly
    {
        [Float(0, 1)]
        public double Rate { get; }
    }

    public sealed class ThrowingConstructor
    {
        public ThrowingConstructor() => throw new NotSupportedException("Not today.");

        [Float(0, 1)]
        public double Rate { get; set; }
    }

    public sealed record NotTunedWithRange([Float(0, 1)] double Rate, [NotTuned] [Int(0, 1)] int Depth = 1);

    public sealed record NotTunedWithoutDefault([Float(0, 1)] double Rate, [NotTuned] string Path);

    public abstract record Shape;

    public sealed record Abstract(Shape Shape);

    public sealed record CaseOfAnotherType([Choice(typeof(Svm), typeof(Momentum))] Model Model);

    [Choice]
    public abstract record NoCases;

    public sealed record SameCaseNames([Choice(typeof(Inner.Svm), typeof(Svm))] Model Model);

    public sealed record DefaultIsNoCase([Choice(typeof(Svm), Default = typeof(Logistic))] Model Model);

    public sealed record BlankCase([Choice(typeof(Nameless))] Model Model);

    [Name("")]
    public sealed record Nameless : Model;

    public static class Inner
    {
        public sealed record Svm : Model;
    }

    public sealed record Endless([Float(0, 1)] double Rate, Endless Next);

    public sealed record Empty;

    public sealed record Several(double Rate, [Int(8, 1)] int Depth, string Model, bool Flag);
}
