using System.Text.Json;
using Attune.StudyFiles.Keys;

namespace Attune.StudyFiles.Tests;

public sealed class StudyFileSchemaTests
{
    [Fact]
    public void ToJson_HasEveryKeyWithItsDescription()
    {
        using var schema = JsonDocument.Parse(StudyFileSchema.ToJson(TestMethods.All));
        var properties = schema.RootElement.GetProperty("properties");

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Equal(StudyFileKeys.For(TestMethods.All).Keys.Select(key => key.Name), properties.EnumerateObject()
            .Select(property => property.Name));
        Assert.All(properties.EnumerateObject(), property => Assert.NotEqual("", property.Value.GetProperty("description").GetString()));
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void ToJson_HasEverySamplerWithItsOptions()
    {
        using var schema = JsonDocument.Parse(StudyFileSchema.ToJson(TestMethods.All));
        var alternatives = schema.RootElement.GetProperty("properties").GetProperty("sampler").GetProperty("anyOf");

        Assert.Equal(TestMethods.All.Samplers.Select(sampler => sampler.Name), alternatives[0].GetProperty("enum").EnumerateArray()
            .Select(name => name.GetString()!).Intersect(TestMethods.All.Samplers.Select(sampler => sampler.Name)));
        var grid = alternatives.EnumerateArray().Single(one => one.TryGetProperty("properties", out var keys)
            && keys.GetProperty("name").GetProperty("enum")[0].GetString() == "grid");
        Assert.Equal("integer", grid.GetProperty("properties").GetProperty("points").GetProperty("type").GetString());
        Assert.Equal(1, grid.GetProperty("properties").GetProperty("points").GetProperty("minimum").GetDouble());
    }

    [Fact]
    public void ToJson_Patterns_HaveNoUnicodeClassesThatSomeReadersDoNotKnow()
    {
        var schema = StudyFileSchema.ToJson(TestMethods.All);

        Assert.DoesNotContain(@"\p{", schema, StringComparison.Ordinal);
        Assert.Contains(@"\\u0080", schema, StringComparison.Ordinal);
    }
}
