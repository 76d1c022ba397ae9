using System.Globalization;

namespace Attune.Cli.Tests;

/// <summary>What every command prints, against stored files.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly Shell _shell = new();

    public static TheoryData<string, string> OfBowl => new()
    {
        { "list.txt", "list" },
        { "list-json.txt", "list --json" },
        { "show.txt", "show" },
        { "show-json.txt", "show --json" },
        { "show-trial.txt", "show --trial 4" },
        { "show-trial-json.txt", "show bowl --trial 4 --json" },
        { "trials.txt", "trials" },
        { "trials-json.txt", "trials --json" },
        { "trials-best-first.txt", "trials --sort value --limit 2 --offset 1" },
        { "trials-failed.txt", "trials --state failed,running --reverse" },
        { "best.txt", "best" },
        { "best-json.txt", "best study.yaml --json" },
        { "export-csv.txt", "export" },
        { "export-jsonl.txt", "export --format jsonl" },
        { "ask.txt", "ask" },
        { "ask-json.txt", "ask --json" },
        { "tell.txt", "tell 5 loss=0.5" },
        { "tell-json.txt", "tell bowl 5 --value 0.5 --json" },
        { "tell-failed.txt", "tell 5 --failed broken" },
        { "tell-nan.txt", "tell 5 loss=nan" },
        { "report-json.txt", "report 5 loss=0.5 --resource 2 --json" },
        { "enqueue.txt", "enqueue x=0.5 model=svm" },
        { "enqueue-json.txt", "enqueue --values {\"x\":1e-3,\"model\":\"tree\",\"depth\":2} --json" },
        { "stop.txt", "stop" },
        { "delete.txt", "delete --yes" },
    };

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(OfBowl))]
    public async Task Run_CommandOnBowl_PrintsGolden(string golden, string words)
    {
        await Fixtures.BowlAsync(_shell);

        var output = await _shell.OutputOfAsync(words.Split(' '));

        GoldenFile.Check(golden, _shell.Scrub(output));
    }

    [Theory]
    [InlineData("front-best.txt", "best")]
    [InlineData("front-best-json.txt", "best --json")]
    [InlineData("front-show.txt", "show")]
    [InlineData("front-trials.txt", "trials")]
    [InlineData("front-export.txt", "export")]
    public async Task Run_CommandOnTwoObjectives_PrintsGolden(string golden, string words)
    {
        await Fixtures.FrontAsync(_shell);

        var output = await _shell.OutputOfAsync(words.Split(' '));

        GoldenFile.Check(golden, _shell.Scrub(output));
    }

    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help-trials.txt", "trials --help")]
    [InlineData("help-tell.txt", "tell --help")]
    public async Task Run_Help_PrintsGolden(string golden, string words) =>
        GoldenFile.Check(golden, await _shell.OutputOfAsync(words.Split(' ')));

    [Theory]
    [InlineData("trials")]
    [InlineData("show")]
    [InlineData("show --json")]
    [InlineData("export")]
    [InlineData("best")]
    public async Task Run_UnderDecimalComma_PrintsTheSame(string words)
    {
        await Fixtures.BowlAsync(_shell);
        var before = CultureInfo.CurrentCulture;
        var expected = await _shell.OutputOfAsync(words.Split(' '));
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            var output = await _shell.OutputOfAsync(words.Split(' '));

            Assert.Equal(expected, output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Tell_UnderDecimalComma_ReadsPoints()
    {
        await Fixtures.BowlAsync(_shell);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            var told = await _shell.OutputOfAsync("tell", "5", "loss=1.5");

            Assert.Equal("trial 5 completed: loss 1.5\n", told);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Version_Always_PrintsTheVersionAlone() =>
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", await _shell.OutputOfAsync("--version"));

    [Fact]
    public async Task Schema_Always_IsJsonThatNamesTheKeys()
    {
        var schema = System.Text.Json.JsonElement.Parse(await _shell.OutputOfAsync("schema"));

        Assert.True(schema.GetProperty("properties").TryGetProperty("space", out _));
    }
}
