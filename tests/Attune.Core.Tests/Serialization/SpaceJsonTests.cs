using System.Text.Json;
using Attune.Core.Tests.Events;
using Attune.Core.Tests.Spaces;
using Attune.Serialization;
using CsCheck;

namespace Attune.Core.Tests.Serialization;

public sealed class SpaceJsonTests
{
    [Fact]
    public void ToText_OfASpace_IsCanonical()
    {
        var space = new SearchSpaceBuilder().Float("rate", 1e-5, 0.1, Scale.Log, defaultValue: 0.001).Int("n", 1, 9, step: 2)
            .Categorical("c", ["a\"b", 1, 1.0, true], when: "n<5 and rate>1e-3").Forbid("n==1").Build();
        Assert.Equal(
            """{"parameters":[{"name":"rate","type":"float","low":1E-05,"high":0.1,"scale":"log","default":0.001},"""
            + """{"name":"n","type":"int","low":1,"high":9,"step":2,"default":5},"""
            + """{"name":"c","type":"categorical","choices":["a\"b",1,1.0,true],"default":"a\"b","when":"n < 5 and rate > 0.001"}],"forbidden":["n == 1"]}""",
            SpaceJson.ToText(space));
    }

    [Fact]
    public void Parse_OfTheTextOfAnySpace_GivesTheSameText()
    {
        Assert.Equal(SpaceJson.ToText(SampleJournal.Revised), SpaceJson.ToText(SpaceJson.Parse(SpaceJson.ToText(SampleJournal.Revised))));
        Gen.OneOf(SpaceGenerators.SmallFinite, SpaceGenerators.Any.Select(parameter => new SearchSpace([parameter]))).Sample(space =>
        {
            var again = SpaceJson.Parse(SpaceJson.ToText(space));
            Assert.Equal(SpaceJson.ToText(space), SpaceJson.ToText(again));
            Assert.All(space.Parameters, parameter => Assert.True(parameter.SameAs(again[parameter.Name])));
        }, iter: 2_000);
    }

    [Fact]
    public void Parse_OfTheTextOfAnyConfiguration_GivesAnEqualOne() =>
        Gen.Select(SpaceGenerators.Any, Gen.Double.Unit).Sample((parameter, unit) =>
        {
            var space = new SearchSpace([parameter]);
            var configuration = space.Decode([unit]);
            var text = ConfigurationJson.ToText(configuration);
            Assert.Equal(configuration, ConfigurationJson.Parse(space, text));
            using var document = JsonDocument.Parse(text);
            Assert.Equal(configuration, ConfigurationJson.Read(space, document.RootElement));
        }, iter: 5_000);

    [Theory]
    [InlineData("[]", "not the JSON of a search space")]
    [InlineData("3", "not the JSON of a search space")]
    [InlineData("""{"parameters":[{"type":"float","low":0,"high":1}]}""", "'name' is missing")]
    [InlineData("""{"parameters":[{"name":"x","type":"float","high":1}]}""", "'low' is missing")]
    [InlineData("""{"parameters":[{"name":"x","type":"int","low":0}]}""", "'high' is missing")]
    [InlineData("""{"parameters":[{"name":"x","type":"int","low":0.5,"high":2}]}""", "not the JSON of a search space")]
    [InlineData("""{"parameters":[{"name":"x","type":"real","low":0,"high":2}]}""", "'real' is unknown; allowed are float, int, categorical, ordinal")]
    [InlineData("""{"parameters":[{"name":"x","type":"categorical","choices":[null]}]}""", "must be a number, a text, true or false, not null")]
    [InlineData("""{"parameters":[{"name":"x","type":"float","low":0,"high":1,"prior":{"center":0}}]}""", "'spread' is missing")]
    public void Parse_OfWhatIsNoSpace_SaysWhy(string json, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<JsonException>(() => SpaceJson.Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]", "is a JSON object")]
    [InlineData("""{"x":[1]}""", "must be a number, a text, true or false, not [1]")]
    [InlineData("""{"x":1e999}""", "too large")]
    public void Parse_OfWhatIsNoConfiguration_SaysWhy(string json, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<JsonException>(() =>
            ConfigurationJson.Parse(new SearchSpaceBuilder().Float("x", 0, 1).Build(), json)).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadValue_OfAPointOrAnExponent_IsReal()
    {
        Assert.Equal(ParameterValue.Of(1L), Read("1"));
        Assert.Equal(ParameterValue.Of(1.0), Read("1.0"));
        Assert.Equal(ParameterValue.Of(10.0), Read("1e1"));
        Assert.Equal(ParameterValue.Of(9007199254740993.0), Read("9007199254740993"));

        static ParameterValue Read(string json)
        {
            using var document = JsonDocument.Parse(json);
            return ConfigurationJson.ReadValue(document.RootElement);
        }
    }
}
