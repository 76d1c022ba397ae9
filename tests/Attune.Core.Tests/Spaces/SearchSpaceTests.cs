using System.Collections.Immutable;
using Attune.Numerics;
using Attune.Serialization;
using CsCheck;

namespace Attune.Core.Tests.Spaces;

public sealed class SearchSpaceTests
{
    private static readonly int[] Orders = [0, 1, 2, 3];

    private static readonly SearchSpace Models = new SearchSpaceBuilder()
        .Float("rate", 1e-5, 0.1, Scale.Log)
        .Categorical("model", ["svm", "tree"])
        .Float("gamma", 1e-4, 1, Scale.Log, defaultValue: 0.01, when: "model == 'svm'")
        .Int("depth", 1, 9, when: "model == 'tree'")
        .Build();

    [Fact]
    public void Constructor_OfContradictions_NamesTheParameter()
    {
        Assert.Contains("at least one parameter", Mistake(() => new SearchSpaceBuilder().Build()), StringComparison.Ordinal);
        Assert.Equal("Parameter 'a': defined twice; names must differ.", Mistake(() => new SearchSpaceBuilder().Int("a", 0, 1).Float("a", 0, 1).Build()));
        Assert.Contains("Parameter 'a': its condition refers to itself", Mistake(() => new SearchSpaceBuilder().Int("a", 0, 1, when: "a == 1").Build()), StringComparison.Ordinal);
        Assert.Contains("form a cycle: a → c → b → a", Mistake(() => new SearchSpaceBuilder()
            .Int("a", 0, 1, when: "c == 1").Int("b", 0, 1, when: "a == 1").Int("c", 0, 1, when: "b == 1").Build()), StringComparison.Ordinal);
        Assert.Contains("Parameter 'b': its condition is not legal. Expression 'aa == 1': there is no parameter 'aa'; there are a, b. Did you mean 'a'?",
            Mistake(() => new SearchSpaceBuilder().Int("a", 0, 1).Int("b", 0, 1, when: "aa == 1").Build()), StringComparison.Ordinal);
        Assert.Contains("Parameter 'b': its condition is not legal. Expression 'a =', column 3", Mistake(() => new SearchSpaceBuilder().Int("b", 0, 1, when: "a =")), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SearchSpace([null!]));
    }

    [Fact]
    public void IndexOf_OfAnUnknownName_AsksWhatWasMeant()
    {
        Assert.Equal("There is no parameter 'Gama'; there are rate, model, gamma, depth. Did you mean 'gamma'?", Mistake(() => Models["Gama"]));
        Assert.DoesNotContain("Did you mean", Mistake(() => Models["momentum"]), StringComparison.Ordinal);
        var message = Mistake(() => Wide(500)["p5000"]);
        Assert.Contains("(500 in all). Did you mean 'p500'?", message.Replace("p0.", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(message.Length, 0, 300);
    }

    [Fact]
    public void Configure_OfWrongValues_SaysWhatIsAllowed()
    {
        Assert.Contains("Parameter 'rate': no value given; allowed is float 1e-05 … 0.1, log", Mistake(() => Models.Configure([new("model", "svm")])), StringComparison.Ordinal);
        Assert.Contains("There is no parameter 'model '", Mistake(() => Models.Configure([new("model ", "svm")])), StringComparison.Ordinal);
        Assert.Contains("Parameter 'model': given twice", Mistake(() => Models.Configure([new("model", "svm"), new("model", "svm")])), StringComparison.Ordinal);
        Assert.Contains("2 lies outside the range 1e-05 to 0.1", Mistake(() => Models.Configure([new("rate", 2)], useDefaults: true)), StringComparison.Ordinal);
        Assert.Equal("model=svm, gamma=0.01", string.Join(", ", Models.Configure([new("rate", 0.1), new("depth", 3)], useDefaults: true).ToString().Split(", ").Skip(1)));
    }

    [Fact]
    public void Configuration_TypedGetters_NameTheParameterInTheirErrors()
    {
        var configuration = new SearchSpaceBuilder().Float("x", 0, 1).Int("n", 0, 1L << 40, defaultValue: 1L << 35).Categorical("c", ["a"]).Boolean("b")
            .Int("off", 0, 1, when: "b").Build().Default();
        Assert.Equal(0.5, configuration.GetDouble("x"));
        Assert.Equal(1L << 35, configuration.GetDouble("n"));
        Assert.Equal("a", configuration.GetText("c"));
        Assert.False(configuration.GetBoolean("b"));
        Assert.Contains("Parameter 'x': The value 0.5 is a real number, not an integer", Assert.Throws<InvalidOperationException>(() => configuration.GetInt("x")).Message, StringComparison.Ordinal);
        Assert.Contains("Parameter 'n': 34359738368 does not fit 32 bits", Assert.Throws<OverflowException>(() => configuration.GetInt("n")).Message, StringComparison.Ordinal);
        Assert.Contains("Parameter 'c'", Assert.Throws<InvalidOperationException>(() => configuration.GetDouble("c")).Message, StringComparison.Ordinal);
        Assert.Contains("Parameter 'off': inactive in this configuration (its condition is b)", Mistake(() => configuration["off"]), StringComparison.Ordinal);
        Assert.Contains("there is no parameter 'y'", Mistake(() => configuration.GetInt("y")), StringComparison.OrdinalIgnoreCase);
        Assert.False(configuration.TryGet("off", out _));
    }

    [Fact]
    public void Equals_OfConfigurationsOfEqualSpacesInAnotherOrder_IsByActiveValues() =>
        Gen.Select(SpaceGenerators.SmallFinite, Gen.Double.Unit.Array[4], Gen.Double.Unit.Array[4], Gen.Shuffle(Orders)).Sample((space, left, right, order) =>
        {
            var other = new SearchSpace(order.Select(i => space.Parameters[i]), space.Forbidden, space.Constraints);
            var (a, b) = (space.Decode(left), space.Decode(right));
            var again = other.Decode([.. order.Select(i => left[i])]);
            Assert.Equal(a, again);
            Assert.Equal(a.GetHashCode(), again.GetHashCode());
            Assert.Equal(a.ToString().Split(", ").Order().SequenceEqual(b.ToString().Split(", ").Order()), b.Equals(again));
        }, iter: 2_000);

    [Fact]
    public void EnumerateAndCount_OfAnySmallSpace_AgreeWithBruteForce() =>
        SpaceGenerators.SmallFinite.Sample(space =>
        {
            // Brute force: every point of the cube's cells, decoded and judged, each configuration once.
            var counts = space.Parameters.Select(parameter => (int)parameter.Count!.Value).ToArray();
            var expected = new HashSet<Configuration>();
            for (var code = 0; code < counts.Aggregate(1, (product, count) => product * count); code++)
            {
                var (rest, unit) = (code, new double[counts.Length]);
                for (var i = 0; i < counts.Length; i++)
                {
                    unit[i] = ((rest % counts[i]) + 0.5) / counts[i];
                    rest /= counts[i];
                }

                if (space.Validate(space.Decode(unit)) is null)
                    expected.Add(space.Decode(unit));
            }

            var listed = space.Enumerate().ToArray();
            Assert.Equal(listed.Length, listed.Distinct().Count());
            Assert.True(expected.SetEquals(listed));
            Assert.Equal(expected.Count, space.Count());
            if (expected.Count > 1)
                Assert.Null(space.Count(expected.Count - 1));
        }, iter: 500);

    [Fact]
    public void Neighbours_OfAnyConfiguration_AreLegalAndDifferent() =>
        Gen.Select(SpaceGenerators.SmallFinite, Gen.Double.Unit.Array[4]).Sample((space, unit) =>
        {
            var configuration = space.Decode(unit);
            Assert.All(space.Neighbours(configuration), neighbour =>
            {
                Assert.Null(space.Validate(neighbour));
                Assert.NotEqual(configuration, neighbour);
            });
        }, iter: 1_000);

    [Fact]
    public void Neighbours_WithoutConditions_AreSymmetric() =>
        Gen.Select(SpaceGenerators.SmallFinite, Gen.Double.Unit.Array[4]).Sample((space, unit) =>
        {
            var plain = new SearchSpace([.. space.Parameters.Where(parameter => parameter.Activation is null)]);
            var configuration = plain.Decode(unit.AsSpan(0, plain.Dimensions));
            Assert.All(plain.Neighbours(configuration), neighbour => Assert.Contains(configuration, plain.Neighbours(neighbour)));
        }, iter: 500);

    [Fact]
    public void Neighbours_AcrossACondition_TakeDefaultsOfWhatBecomesActive()
    {
        var tree = Models.Configure([new("rate", 0.01), new("model", "tree"), new("depth", 1)]);
        var moves = Models.Neighbours(tree).ToArray();
        Assert.Equal(["rate=0.01, model=svm, gamma=0.01", "rate=0.01, model=tree, depth=2"], moves.Select(move => move.ToString()));
    }

    [Fact]
    public void Decode_OfAnyEncodedConfiguration_IsEqual() =>
        Gen.Select(SpaceGenerators.SmallFinite, Gen.Double.Unit.Array[8]).Sample((space, units) =>
        {
            Configuration[] rows = [space.Decode(units.AsSpan(0, 4)), space.Decode(units.AsSpan(4))];
            var (unit, active, codes) = (new double[8], new bool[8], new int[8]);
            space.Encode(rows, unit, active, codes);
            for (var row = 0; row < 2; row++)
            {
                Assert.Equal(rows[row], space.Decode(unit.AsSpan(row * 4, 4)));
                for (var i = 0; i < 4; i++)
                {
                    Assert.Equal(rows[row].IsActive(space.Parameters[i].Name), active[(row * 4) + i]);
                    Assert.Equal(active[(row * 4) + i] ? (int)rows[row].Numbers[i] : -1, codes[(row * 4) + i]);
                }
            }
        }, iter: 1_000);

    [Fact]
    public void ApplyConditions_OfAValueForEachParameter_LeavesWhatDecodeLeaves()
    {
        var space = new SearchSpaceBuilder().Categorical("kind", ["a", "b"]).Int("x", 1, 3, when: "kind == 'a'")
            .Float("y", 0, 1, when: "x >= 2").Float("z", 0, 1, when: "kind == 'b'").Build();
        var stream = RandomKey.FromSeed(9).CreateStream();
        var unit = new double[4];
        for (var i = 0; i < 100; i++)
        {
            stream.Fill(unit);
            double[] numbers = [.. unit.Select((place, j) => space.Parameters[j].FromUnit(place))];
            space.ApplyConditions(numbers);
            Assert.Equal(space.Decode(unit).Numbers, numbers);
        }

        Assert.Throws<ArgumentException>(() => space.ApplyConditions(new double[3]));
    }

    [Fact]
    public void Encode_OfWrongSizes_Throws()
    {
        var other = Wide(2).Default();
        Assert.Throws<ArgumentException>(() => Models.Encode([Models.Default()], new double[3]));
        Assert.Throws<ArgumentException>(() => Models.Encode([Models.Default()], new double[4], new bool[1]));
        Assert.Throws<ArgumentException>(() => Models.Encode([other], new double[4]));
        Assert.Throws<ArgumentException>(() => Models.Decode([0.5]));
        Assert.NotNull(Models.Validate(other));
    }

    [Fact]
    public void Sample_UnderConstraints_IsLegalAndOwesNothingToOtherThreads()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Int("n", 1, 8, Scale.Log).Constrain("x + y < 0.5").Forbid("n == 1 and x > 0.1").Build();
        var (stream, again) = (RandomKey.FromSeed(1).CreateStream(), RandomKey.FromSeed(1).CreateStream());
        for (var i = 0; i < 200; i++)
        {
            var configuration = space.Sample(ref stream);
            Assert.Null(space.Validate(configuration));
            Assert.Equal(configuration, space.Sample(ref again));
        }
    }

    [Fact]
    public void Sample_OfContradictoryConstraints_GivesUpAndNamesThem()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Constrain("x > 0.6").Forbid("x > 0.5").Build();
        var stream = RandomKey.FromSeed(1).CreateStream();
        SpaceException? exception = null;
        try
        {
            space.Sample(ref stream);
        }
        catch (SpaceException caught)
        {
            exception = caught;
        }

        Assert.Contains("No legal configuration was found in 10000 draws", exception?.Message, StringComparison.Ordinal);
        Assert.Contains("not (x > 0.5); x > 0.6", exception?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_OfAWideSpaceThatConstraintsEmpty_GivesUp()
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < 60; i++)
            builder.Boolean($"b{i}");
        Assert.Null(builder.Constrain("b0 and not b0").Build().Count(1_000));
        Assert.Null(Models.Count());
    }

    [Fact]
    public void Constrain_ByCode_IsCheckedOnlyWhereTheCodeIs()
    {
        var space = new SearchSpaceBuilder().Int("a", 0, 9).Constrain(InputConstraint.Of("even", 2, configuration => configuration.GetInt("a") % 2 == 0)).Build();
        Assert.Equal(5, space.Count());
        Assert.Contains("violates the constraint 'even (version 2)'", Mistake(() => space.Configure([new("a", 3)])), StringComparison.Ordinal);
        var stored = SpaceJson.Parse(SpaceJson.ToText(space));
        Assert.Contains("'even (version 2)' is code that this process was not given", Mistake(() => stored.Configure([new("a", 2)])), StringComparison.Ordinal);
    }

    [Fact]
    public void FiveHundredParameters_WithAChainOfConditions_Work()
    {
        var builder = new SearchSpaceBuilder().Boolean("c0", defaultValue: true);
        for (var i = 1; i < 500; i++)
            builder.Boolean($"c{i}", defaultValue: true, when: $"c{i - 1}");
        var space = builder.Build();
        Assert.Equal(500, space.Default().Values().Count());
        Assert.Equal(2, space.Configure([new("c0", true), new("c1", false)]).Values().Count());
        var unit = new double[500];
        space.Encode([space.Default()], unit);
        Assert.Equal(space.Default(), space.Decode(unit));
    }

    [Fact]
    public void CheckRevisionOf_OfLegalAndIllegalRevisions_Decides()
    {
        var none = ImmutableDictionary<string, ParameterValue>.Empty;
        var before = new SearchSpaceBuilder().Float("x", 0, 1).Int("n", 1, 10).Categorical("c", ["a", "b"]).Build();
        var after = new SearchSpaceBuilder().Float("x", -1, 2).Int("n", 1, 20, step: 1).Categorical("c", ["a", "b", "d"]).Float("new", 0, 1).Build();
        after.CheckRevisionOf(before, none.Add("new", 0.25));
        Assert.Contains("'new': is new: name the value", Mistake(() => Check(after, none)), StringComparison.Ordinal);
        Assert.Contains("'x': is not new", Mistake(() => Check(after, none.Add("new", 0.5).Add("x", 0))), StringComparison.Ordinal);
        Assert.Contains("2 lies outside the range 0 to 1", Mistake(() => Check(after, none.Add("new", 2))), StringComparison.Ordinal);
        Assert.Contains("no parameter 'nex'", Mistake(() => Check(after, none.Add("new", 0.5).Add("nex", 2))), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("'x': a revision may widen", Mistake(() => Check(before, none, after)), StringComparison.Ordinal);
        Assert.Contains("'new': a revision may not remove", Mistake(() => Check(new SearchSpaceBuilder().Add(after["x"]).Add(after["n"]).Add(after["c"]).Build(), none, after)), StringComparison.Ordinal);
        Assert.Contains("'c': a revision may widen", Mistake(() => Check(new SearchSpaceBuilder().Add(before["x"]).Add(before["n"]).Categorical("c", ["b", "a"]).Build(), none)), StringComparison.Ordinal);
        Assert.Contains("may not turn Int into Float", Mistake(() => Check(new SearchSpaceBuilder().Add(before["x"]).Float("n", 0, 20).Build(), none)), StringComparison.Ordinal);

        object Check(SearchSpace next, IReadOnlyDictionary<string, ParameterValue> fill, SearchSpace? earlier = null)
        {
            next.CheckRevisionOf(earlier ?? before, fill);
            return next;
        }
    }

    [Fact]
    public void Adopt_OfAnEarlierTrial_FillsWhatIsNewAndMovesToNewSteps()
    {
        var before = new SearchSpaceBuilder().Float("x", 0, 1).Categorical("c", ["a", "b"]).Build();
        var after = new SearchSpaceBuilder().Float("x", 0, 2, step: 0.25).Categorical("c", ["a", "b", "d"]).Float("new", 0, 1).Float("other", 0, 1)
            .Int("when", 0, 5, defaultValue: 4, when: "c == 'b'").Build();
        var adopted = after.Adopt(before.Configure([new("x", 0.7), new("c", "b")]), ImmutableDictionary<string, ParameterValue>.Empty.Add("new", 0.1));
        Assert.Equal("x=0.75, c=b, new=0.1, other=0.5, when=4", adopted.ToString());
        Assert.Null(after.Validate(adopted));
    }

    private static SearchSpace Wide(int count)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 1; i <= count; i++)
            builder.Float($"p{i}", 0, 1);
        return builder.Build();
    }

    private static string Mistake(Func<object?> make) => Assert.Throws<SpaceException>(make).Message;
}
