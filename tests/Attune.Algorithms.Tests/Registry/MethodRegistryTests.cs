using System.Text.Json;
using System.Text.Json.Serialization;
using Attune.Algorithms.Samplers;

namespace Attune.Algorithms.Tests.Registry;

public sealed class MethodRegistryTests
{
    private static readonly MethodContext Context = new(
        new Problem(new SearchSpaceBuilder().Float("x", 0, 1).Build(), [new Objective("loss")], fidelities: [new("epochs", 1, 27)]), 7,
        Budget.Unlimited);

    private static readonly MethodRegistry Registry = MethodRegistry.Default.With(Own(1)).With(Own(2));

    [Fact]
    public void CreateSampler_OfEveryRegisteredName_ShowsTheDescriptorItWasMadeFrom()
    {
        foreach (var method in MethodRegistry.Default.Samplers)
        {
            var descriptor = method.Describe();
            Assert.Equal(descriptor, MethodRegistry.Default.CreateSampler(descriptor, Context).Descriptor);
        }

        foreach (var method in MethodRegistry.Default.Schedulers)
        {
            var descriptor = method.Describe();
            Assert.Equal(descriptor, MethodRegistry.Default.CreateScheduler(descriptor, Context).Descriptor);
        }
    }

    [Fact]
    public void FindSampler_MistypedName_ListsNamesAndSuggests()
    {
        var error = Assert.Throws<ProblemException>(() => MethodRegistry.Default.FindSampler("randon"));
        Assert.Contains("There is no sampler 'randon'; there are ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'random'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"cuont": 3}""", "no option 'cuont'", "count (a whole number from 1 to 9, default 5)", "Did you mean 'count'?")]
    [InlineData("""{"count": 12}""", "option 'count' is 12", "a whole number from 1 to 9", "")]
    [InlineData("""{"count": 2.5}""", "option 'count' is 2.5", "a whole number from 1 to 9", "")]
    [InlineData("""{"count": null}""", "option 'count' is null", "a whole number", "")]
    [InlineData("""{"width": "wide"}""", "option 'width' is \"wide\"", "a number of at least 0", "")]
    [InlineData("""{"is_fast": 1}""", "option 'is_fast' is 1", "true or false", "")]
    [InlineData("[]", "options must be names with values", "[]", "")]
    public void DescribeSampler_WrongOption_NamesItAndWhatIsAllowed(string options, string found, string allowed, string hint)
    {
        var error = Assert.Throws<ProblemException>(() => Registry.DescribeSampler("own", JsonElement.Parse(options)));
        Assert.Contains("Sampler 'own'", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"count": 5, "is_fast": false}""", "{}")]
    [InlineData("""{"is_fast": true, "count": 5, "width": 2.0}""", """{"width":2,"is_fast":true}""")]
    [InlineData("""{"size": null}""", "{}")]
    [InlineData("""{"size": 4}""", """{"size":4}""")]
    public void DescribeSampler_Options_KeepsOnlyWhatDiffersFromDefaults(string options, string canonical) =>
        Assert.Equal(new MethodDescriptor("own", 2, canonical), Registry.DescribeSampler("own", JsonElement.Parse(options)));

    [Fact]
    public void Describe_OptionsRecord_EqualsTheSameOptionsInJson() => Assert.Equal(
        Registry.DescribeSampler("own", JsonElement.Parse("""{"count": 3}""")),
            Registry.FindSampler("own").Describe(new OwnOptions { Count = 3 }));

    [Fact]
    public void Describe_OptionsRecordOutOfRange_Throws() =>
        Assert.Throws<ProblemException>(() => Registry.FindSampler("own").Describe(new OwnOptions { Count = 99 }));

    [Fact]
    public void CreateSampler_OlderVersion_IsStillMade()
    {
        Assert.Equal(1, Registry.CreateSampler(new("own", 1), Context).Descriptor.Version);
        Assert.Equal(2, Registry.FindSampler("own").Version);
    }

    [Fact]
    public void CreateSampler_UnknownVersion_SaysWhichAreKnown()
    {
        var error = Assert.Throws<ProblemException>(() => Registry.CreateSampler(new("own", 3), Context));
        Assert.Contains("version 2, 1, but the study asks for version 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_TakenName_Throws() => Assert.Throws<ArgumentException>(() => Registry.With(Own(2)));

    [Fact]
    public void Options_OfOwnSampler_ListTypeRangeAndDefault()
    {
        var count = Assert.Single(Registry.FindSampler("own").Options, option => option.Name == "count");
        Assert.Equal((OptionType.Integer, 1d, 9d, "5"), (count.Type, count.Minimum, count.Maximum, count.Default));
        Assert.Equal("null", Registry.FindSampler("own").Options.Single(option => option.Name == "size").Default);
    }

    [Fact]
    public void Create_UndescribedProperty_Throws() => Assert.Throws<ArgumentException>(() => SamplerRegistration.Create(
        "own", 1, "Own.", OwnJson.Default.OwnOptions, [],
            (descriptor, _, context) => RandomSampler.Registration.Create(descriptor, context)));

    private static SamplerRegistration Own(int version) => SamplerRegistration.Create(
        "own", version, "A user's own sampler.", OwnJson.Default.OwnOptions,
        [
            MethodOption.Integer("count", "How many.", 1, 9),
            MethodOption.Number("width", "How wide.", 0),
            MethodOption.Flag("is_fast", "Whether it is fast."),
            MethodOption.Integer("size", "The size; derived by default.", 1),
        ],
        (descriptor, _, _) => new OwnSampler(descriptor));

    private sealed class OwnSampler(MethodDescriptor descriptor) : Sampling.ISampler
    {
        public MethodDescriptor Descriptor { get; } = descriptor;

        public bool ReadsHistory => false;

        public void Observe(in Events.JournalEvent journalEvent, Histories.History history)
        {
        }

        public IReadOnlyList<Sampling.Proposal> Propose(in Sampling.ProposalContext context, int count) => [];
    }
}

public sealed record OwnOptions
{
    public int Count { get; init; } = 5;

    public double Width { get; init; } = 1;

    public bool IsFast { get; init; }

    public int? Size { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OwnOptions))]
internal sealed partial class OwnJson : JsonSerializerContext;
