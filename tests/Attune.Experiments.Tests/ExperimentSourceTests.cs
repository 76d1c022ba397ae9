using System.Text.Json;
using Attune.Problems;

namespace Attune.Experiments.Tests;

/// <summary>The experiments as others see them: through the evaluator protocol.</summary>
public sealed class ExperimentSourceTests
{
    private const string Network =
        """
        "hidden":16,"batch_size":64,"learning_rate":0.1,"decay":0.9,"momentum":0.8,"weight_decay":1e-5,"dropout":0,"initial_scale":1
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Configurations => new()
    {
        { "logistic", """{"iterations":10,"l1":0.001,"l2":0.001}""" },
        { "svm", """{"gamma":1,"lambda":0.001}""" },
        { "network", $$"""{{{Network}}}""" },
    };

    public static TheoryData<string, string, string> BadRequests => new()
    {
        { "mlp", "{}", "mlp" },
        { "network", $$"""{{{Network}},"layers":2}""", "layers" },
        { "network", "{" + Network.Replace("\"learning_rate\":0.1", "\"learning_rate\":5", StringComparison.Ordinal) + "}", "learning_rate" },
        { "network", "{" + Network.Replace("\"hidden\":16,", "", StringComparison.Ordinal) + "}", "hidden" },
        { "network", "{" + Network.Replace("\"hidden\":16", "\"hidden\":16.5", StringComparison.Ordinal) + "}", "hidden" },
        { "network", "{" + Network.Replace("\"dropout\":0", "\"dropout\":\"none\"", StringComparison.Ordinal) + "}", "dropout" },
        { "svm", """{"gamma":-1,"lambda":0.001}""", "gamma" },
        { "logistic/test", """{"iterations":0,"l1":0.001,"l2":0.001}""", "iterations" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task Evaluate_TheThreeScoresOfOneProblem_ShowTheSameLossToTheSearchAndScoreItBetterThanGuessing(
        string problem, string config)
    {
        var answers = await AskAsync([.. ((string[])["", "/test", "/test-error"]).Select(score => Request(problem + score, config, 5))]);

        var (plain, test, error) = (answers[0], answers[1], answers[2]);
        Assert.Equal(Loss(plain, "values"), Loss(test, "values"));
        Assert.Equal(Loss(plain, "values"), Loss(error, "values"));
        Assert.False(plain.TryGetProperty("noiseless", out var same) && same.GetProperty("loss").GetDouble() != Loss(plain, "values"));
        Assert.InRange(Loss(plain, "values"), 0, 1);
        Assert.InRange(Loss(test, "noiseless"), 0, 1);
        Assert.NotEqual(Loss(plain, "values"), Loss(test, "noiseless"));
        Assert.InRange(Loss(error, "noiseless"), 0, 0.2);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task Evaluate_SameSeed_GivesTheSameLossInAnotherProcess(string problem, string config)
    {
        // A source of its own has nothing stored, so it trains anew.
        var once = await AskAsync(Request(problem + "/test", config, 3));
        var again = await AskAsync(Request(problem + "/test", config, 3));

        Assert.Equal(Loss(once[0], "values"), Loss(again[0], "values"));
        Assert.Equal(Loss(once[0], "noiseless"), Loss(again[0], "noiseless"));
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task Evaluate_BadRequest_IsAnsweredByWhatIsWrong(string problem, string config, string named)
    {
        var answers = await AskAsync(Request(problem, config, 1));

        Assert.Contains(named, answers[0].GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UnknownName_SaysWhichThereAre()
    {
        await using var source = new ExperimentSource();

        var exception = await Assert.ThrowsAsync<BenchmarkException>(async () => await source.OpenAsync("mlp", Token));

        Assert.Contains("'mlp'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("network/test-error", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfTheServer_HoldsEveryExperimentInThreeScores()
    {
        var answers = await AskAsync("""{"cmd":"list"}""");

        Assert.Equal(
            ["logistic", "logistic/test", "logistic/test-error", "svm", "svm/test", "svm/test-error", "network", "network/test",
                "network/test-error"],
            answers[0].GetProperty("problems").EnumerateArray().Select(name => name.GetString()));
    }

    private static string Request(string problem, string config, int seed) =>
        $$"""{"problem":"{{problem}}","config":{{config}},"seed":{{seed}},"trial":0}""";

    private static double Loss(JsonElement answer, string member) => answer.GetProperty(member).GetProperty("loss").GetDouble();

    private static async Task<JsonElement[]> AskAsync(params string[] requests)
    {
        await using var source = new ExperimentSource();
        using var output = new StringWriter();
        using var input = new StringReader(string.Join('\n', requests));
        await new EvaluatorServer(source).ServeAsync(input, output, Token);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }
}
