using System.Reflection;

namespace Attune.Tests.Spaces;

/// <summary>Every wrong definition and the message that it gets.</summary>
public sealed partial class TypedSpaceMistakeTests
{
    public static TheoryData<Type, string> Mistakes => new()
    {
        {
            typeof(NoAttribute),
            "NoAttribute.Rate: a double needs [Float(low, high)], or [Choice(…)] or [Ordinal(…)] with its values; [NotTuned] " +
            "keeps it out of the space."
        },
        {
            typeof(TextWithoutChoices),
            "TextWithoutChoices.Model: a string needs [Choice(…)] or [Ordinal(…)] with its values; [NotTuned] keeps it out " +
            "of the space."
        },
        { typeof(RangeOnText), "RangeOnText.Model: [Float] is not for string, which takes [Choice(…)] or [Ordinal(…)] with its values." },
        {
            typeof(FloatOnInt),
            "FloatOnInt.Depth: [Float] is not for int, which takes [Int(low, high)], or [Choice(…)] or [Ordinal(…)] with its " +
            "values."
        },
        {
            typeof(IntOnDouble),
            "IntOnDouble.Rate: [Int] is not for double, which takes [Float(low, high)], or [Choice(…)] or [Ordinal(…)] with " +
            "its values."
        },
        { typeof(OrdinalOnBool), "OrdinalOnBool.Flag: [Ordinal] is not for bool, which takes no attribute, or [Choice]." },
        { typeof(FloatOnEnum), "FloatOnEnum.Kernel: [Float] is not for Kernel, which takes no attribute, or [Choice] or [Ordinal]." },
        { typeof(LowAboveHigh), "LowAboveHigh.Rate: the low end 1.5 is above the high end 0." },
        { typeof(LogFromZero), "LogFromZero.Depth: a log scale needs a positive range, but the low end is 0." },
        { typeof(DefaultOutside), "DefaultOutside.Depth: the default is not legal: 9 lies outside the range 0 to 8." },
        { typeof(DeclaredDefaultOutside), "DeclaredDefaultOutside.Rate: the default is not legal: 1.5 lies outside the range 0 to 1." },
        { typeof(BigInt), "BigInt.Rows: the range 0 to 5000000000 does not fit an int; use long." },
        { typeof(BigFloat), "BigFloat.Rate: the range does not fit a float; use double." },
        { typeof(TwoKinds), "TwoKinds.Rate: [Float] and [Choice] contradict each other; keep one." },
        { typeof(TwoPriors), "TwoPriors.Rate: [Prior] and [Weights] contradict each other; keep one." },
        {
            typeof(NormalPriorOnChoice),
            "NormalPriorOnChoice.Kernel: a normal prior is for numbers; choices take weights, one for each choice."
        },
        {
            typeof(WeightsOnNumber),
            "WeightsOnNumber.Rate: weights are a prior for choices; a numeric parameter takes a normal prior (center, " +
            "spread)."
        },
        { typeof(WrongWeights), "WrongWeights.Kernel: the prior has 2 weights for 3 choices." },
        { typeof(NoChoices), "NoChoices.Model: there must be at least one choice." },
        { typeof(SameChoiceTwice), "SameChoiceTwice.Model: the choice 'a' stands twice." },
        { typeof(ChoiceOfAnotherType), "ChoiceOfAnotherType.Depth: the choice 2.5 is not a value of type int." },
        { typeof(UnnamedEnumChoice), "UnnamedEnumChoice.Kernel: the choice 9 is no named value of Kernel." },
        { typeof(DefaultIsNoChoice), "DefaultIsNoChoice.Model: the default \"c\" is not a choice; allowed are a, b." },
        { typeof(InfiniteChoice), "InfiniteChoice.Rate: the choice Infinity is not a finite number." },
        {
            typeof(Unsupported),
            "Unsupported.Rate: a decimal cannot be tuned; use double, float, int, long, bool, string, an enum or a type of " +
            "such members, or keep it out with [NotTuned]."
        },
        {
            typeof(UnsupportedList),
            "UnsupportedList.Layers: a List<int> cannot be tuned; use double, float, int, long, bool, string, an enum or a " +
            "type of such members, or keep it out with [NotTuned]."
        },
        { typeof(RangeOnNested), "RangeOnNested.Momentum: [Float] is not for Momentum, whose members are parameters of their own." },
        {
            typeof(SameNames),
            "SameNames.Speed: its name in the space, 'rate', is also that of SameNames.Rate; rename one with [Name(\"…\")]."
        },
        { typeof(BlankName), "BlankName.Rate: its name in the space must not be blank." },
        {
            typeof(UnknownName),
            "UnknownName.Momentum: its condition 'rat > 0.5' names 'rat', which is no parameter; there are rate, momentum."
        },
        { typeof(UnknownMember), "UnknownMember.Momentum: its condition names 'Kernel', which is no parameter; there are rate, momentum." },
        {
            typeof(BadExpression),
            "BadExpression.Momentum: its condition is not legal. Expression 'rate >', column 7: expected a parameter, a " +
            "number, a quoted text or '(', found the end."
        },
        {
            typeof(NoValues),
            "NoValues.Gamma: its condition names no value of 'Kernel'; allowed is categorical linear | rbf | high_polynomial."
        },
        {
            typeof(ValueOfAnotherType),
            "ValueOfAnotherType.Gamma: its condition is not legal. Parameter 'kernel': \"linear\" is not a value of type " +
            "Kernel."
        },
        { typeof(ValueOutside), "ValueOutside.Gamma: its condition is not legal. Parameter 'depth': 9 lies outside the range 0 to 8." },
        {
            typeof(TextAgainstNumber),
            "TextAgainstNumber.Gamma: its condition is not legal. Expression 'depth == 'deep'': 'deep' is not a number."
        },
        { typeof(Cycle), "Cycle.A: the conditions form a cycle: a → b → a." },
        { typeof(OnItself), "OnItself.A: its condition refers to itself." },
        {
            typeof(NotNullable),
            "NotNullable.Rate: is inactive when its condition is not true, so make it nullable (double?), or say what it is " +
            "then, [When(…, Otherwise = …)]."
        },
        {
            typeof(NestedNotNullable),
            "NestedNotNullable.Momentum: is inactive when its condition is not true, so make it nullable (Momentum?)."
        },
        { typeof(OtherwiseOfAnotherType), "OtherwiseOfAnotherType.Depth: Otherwise = 0.5 is not a value of type int." },
        { typeof(TwoOtherwise), "TwoOtherwise.Depth: its conditions give two values for Otherwise, 0 and -1; keep one." },
        {
            typeof(NothingAlwaysActive),
            "NothingAlwaysActive.Hidden: stands under a condition, so Hidden needs a member without a condition of its own."
        },
        {
            typeof(UnknownInConstraint),
            "UnknownInConstraint: the constraint 'rate * depth < 1' names 'depth', which is no parameter; there are rate."
        },
        { typeof(BadForbid), "BadForbid: Expression 'kernel > 'linear'': 'kernel' has no order; use == or != or in." },
        { typeof(PrivateConstructor), "PrivateConstructor: has no public constructor." },
        {
            typeof(TwoConstructors),
            "TwoConstructors: has 2 public constructors; annotate the parameters of exactly one, or add one without " +
            "parameters."
        },
        {
            typeof(NothingToReadBack),
            "NothingToReadBack.rate: the constructor's parameter 'rate' needs a public property of the same name and type, " +
            "from which its value is read back."
        },
        {
            typeof(GetOnly),
            "GetOnly.Rate: [Float] needs a property that can be set: give it a public set or init, or a constructor's " +
            "parameter."
        },
        {
            typeof(ThrowingConstructor),
            "ThrowingConstructor: the initial values of its properties cannot be read, for its constructor throws: Not today."
        },
        { typeof(NotTunedWithRange), "NotTunedWithRange.Depth: [NotTuned] and [Int] contradict each other; keep one." },
        {
            typeof(NotTunedWithoutDefault),
            "NotTunedWithoutDefault.Path: is not tuned, so the constructor's parameter needs a default value."
        },
        { typeof(Abstract), "Abstract.Shape: Shape is abstract; list the types that may stand for it, [Choice(typeof(…), typeof(…))]." },
        {
            typeof(CaseOfAnotherType),
            "CaseOfAnotherType.Model: the choice typeof(Momentum) is no case of Model; list types that derive from Model."
        },
        { typeof(NoCases), "NoCases: [Choice] lists no case; list types that derive from NoCases." },
        { typeof(DefaultIsNoCase), "DefaultIsNoCase.Model: the default typeof(Logistic) is not a choice; allowed are svm." },
        { typeof(BlankCase), "BlankCase.Model: the name of the case Nameless must not be blank." },
        { typeof(SameCaseNames), "SameCaseNames.Model: the choice 'svm' stands twice." },
        { typeof(Endless), "Endless.Next: Endless contains itself, so the space would have no end." },
        { typeof(Empty), "Empty: has no member to tune; annotate one, for example with [Float(0, 1)]." },
        { typeof(int), "int: is no type with members; a search space is a record, class or struct." },
        {
            typeof(Several),
            "Several has 3 mistakes:\n" +
            "  Several.Rate: a double needs [Float(low, high)], or [Choice(…)] or [Ordinal(…)] with its values; " +
            "[NotTuned] keeps it out of the space.\n" +
            "  Several.Depth: the low end 8 is above the high end 1.\n" +
            "  Several.Model: a string needs [Choice(…)] or [Ordinal(…)] with its values; [NotTuned] keeps it out of the space."
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Of_WrongDefinition_SaysWhatToDo(Type type, string message)
    {
        var of = typeof(TypedSpace).GetMethod(nameof(TypedSpace.Of))!.MakeGenericMethod(type);

        var exception = Assert.Throws<SpaceException>(() => of.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null));

        Assert.Equal(message, exception.Message);
    }
}
