using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary><c>attune bench</c>, from the words of a person to files.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Run_OfMethodsOnProblems_WritesLinesAndGoesOnWhereItEnded()
    {
        string[] words = ["bench", "run", "--methods", "random,sobol", "--problems", "branin,conditional_noisy", "--trials", "6", "--out",
            "r.jsonl"];
        var first = await _shell.OutputOfAsync([.. words, "--seeds", "0-1"]);
        Assert.Contains("[8/8] ", first, StringComparison.Ordinal);
        Assert.EndsWith("r.jsonl holds all 8 runs; 8 of them are new\n", first, StringComparison.Ordinal);
        var again = await _shell.OutputOfAsync([.. words, "--seeds", "0-2", "--jobs", "2"]);
        Assert.EndsWith("r.jsonl holds all 12 runs; 4 of them are new\n", again, StringComparison.Ordinal);
        var lines = File.ReadAllLines(_shell.PathOf("r.jsonl"));
        Assert.Equal(12 * 6, lines.Length);
        var line = JsonElement.Parse(lines[0]);
        Assert.All(lines, text => Assert.Equal(
            ["system", "sampler", "problem", "seed", "trial", "value", "best",
                .. text.Contains("_noisy", StringComparison.Ordinal) ? ["recommended"] : Array.Empty<string>(), "ask_seconds",
                "ask_cpu_seconds", "budget"],
            JsonElement.Parse(text).EnumerateObject().Select(member => member.Name)));
        Assert.Equal("attune", line.GetProperty("system").GetString());
        Assert.Equal(0, line.GetProperty("trial").GetInt32());
    }

    [Fact]
    public async Task Report_OfResults_WritesThePageWithItsTablesAndFigures()
    {
        await _shell.OutputOfAsync(
            "bench", "run", "--methods", "random,sobol", "--problems", "branin,lcbench/3945", "--trials", "5", "--seeds", "0-2", "--out",
            "r.jsonl");
        var output = await _shell.OutputOfAsync("bench", "report", "r.jsonl", "--out", "report");
        Assert.StartsWith("analytic: branin\n\n| method | gap at 5 | problems |\n", output, StringComparison.Ordinal);
        Assert.EndsWith("the report is in report/report.md\n", output, StringComparison.Ordinal);
        var page = File.ReadAllText(_shell.PathOf("report/report.md"));
        var figures = Directory.GetFiles(_shell.PathOf("report"), "*.svg").Select(path => Path.GetFileName(path)!).Order().ToArray();
        Assert.Equal(
            ["analytic-ranks-5.svg", "analytic-regret.svg", "branin.svg", "lcbench-3945.svg", "lcbench-ranks-5.svg", "lcbench-regret.svg",
                "times.svg"], figures);
        Assert.All(figures, figure => Assert.Contains($"]({figure})", page, StringComparison.Ordinal));
        Assert.All(
            figures, figure => Assert.Contains("<svg", File.ReadAllText(_shell.PathOf("report/" + figure)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OfTrainingRuns_WritesLinesAndAReport()
    {
        string[] words = ["bench", "run", "--fidelity", "--resource-budget", "270", "--methods", "random+run-to-completion", "--problems",
            "branin_mf,currin_mf", "--seeds", "0-1", "--out", "r.jsonl"];
        Assert.EndsWith("r.jsonl holds all 4 runs; 4 of them are new\n", await _shell.OutputOfAsync(words), StringComparison.Ordinal);
        Assert.EndsWith("r.jsonl holds all 8 runs; 4 of them are new\n",
            await _shell.OutputOfAsync([.. words[..^4], "--seeds", "0-3", "--out", "r.jsonl"]), StringComparison.Ordinal);
        var lines = File.ReadAllLines(_shell.PathOf("r.jsonl")).Select(text => JsonElement.Parse(text)).ToArray();
        Assert.All(lines, line => Assert.Equal(
            ["system", "sampler", "problem", "seed", "trial", "value", "best", "fidelity", "cumulative_fidelity", "incumbent_full",
                "simulated_seconds", "ask_seconds", "resource_budget"],
            line.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("random+run-to-completion", lines[0].GetProperty("sampler").GetString());
        var output = await _shell.OutputOfAsync("bench", "report", "r.jsonl", "--out", "report");
        Assert.StartsWith(
            "multi_fidelity: currin_mf, branin_mf\n\n| method | 27 | 54 | 135 | 270 | seeds |\n", output, StringComparison.Ordinal);
        Assert.Equal(
            ["multi_fidelity-fidelity-times.svg", "multi_fidelity-fidelity.svg"],
            Directory.GetFiles(_shell.PathOf("report"), "*.svg").Select(path => Path.GetFileName(path)).Order());
    }

    [Theory]
    [InlineData("--methods random --problems branin --fidelity", "--fidelity needs --resource-budget")]
    [InlineData("--methods random --problems branin --workers 4", "--workers needs --fidelity")]
    [InlineData("--methods random --problems branin --fidelity --resource-budget 0", "--resource-budget is '0'; it must be a positive number")]
    [InlineData("--methods random --problems branin --fidelity --resource-budget 9 --trials 5", "--trials counts whole trials")]
    [InlineData("--methods random --problems branin --fidelity --resource-budget 9", "The problem 'branin' has no fidelity")]
    [InlineData("--methods random --problems branin_mf --fidelity --resource-budget 9 --failures 2", "it must be a share from 0 to 1")]
    [InlineData("--methods random+asha --problems branin", "see --fidelity")]
    [InlineData("--methods rndom --problems branin", "Did you mean 'random'?")]
    [InlineData("--methods random --problems brain", "There is no problem and no group 'brain'; the problems are branin,")]
    [InlineData("--methods random --problems branin --seeds x", "Seeds are numbers from 0 and ranges such as 0-9")]
    [InlineData("--methods random --problems branin --trials 0", "--trials is '0'; it must be a whole number of at least 1")]
    [InlineData("--methods random --problems branin --evaluator no-such-program", "The evaluator 'no-such-program' cannot be started")]
    public async Task Run_WithAWrongWord_TellsWhatIsAllowed(string words, string message)
    {
        var result = await _shell.RunAsync(["bench", "run", "--out", "r.jsonl", .. words.Split(' ')]);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench report none.jsonl --out report", ExitCode.NotFound, "there is no file 'none.jsonl'")]
    [InlineData("bench report bad.jsonl --out report", ExitCode.WrongInput, "bad.jsonl, line 1: ")]
    [InlineData("bench report empty.jsonl --out report", ExitCode.WrongInput, "There are no results to report.")]
    [InlineData("bench report good.jsonl --out good.jsonl", ExitCode.WrongInput, "'good.jsonl' is a file; name a folder to write")]
    [InlineData("bench report good.jsonl --baselines bad.jsonl --out report", ExitCode.WrongInput, "is no file of baselines")]
    [InlineData("bench run --methods random --problems branin --out none/r.jsonl", ExitCode.WrongInput,
        "it must be a file in a folder that exists")]
    public async Task Command_WithAWrongFile_TellsWhatIsWrong(string words, int code, string message)
    {
        _shell.Write("bad.jsonl", "nonsense\n");
        _shell.Write("empty.jsonl", "");
        _shell.Write("good.jsonl", """{"system":"peer","sampler":"p","problem":"branin","seed":0,"trial":0,"value":3,"best":3}""" + "\n");
        var result = await _shell.RunAsync(words.Split(' '));
        Assert.Equal(code, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_OfMethods_ShowsALineForEachNumberOfTrials()
    {
        string[] words = ["bench", "times", "--methods", "random,sobol", "--problems", "wide20", "--trials", "3,12", "--suggestions", "4"];
        var table = (await _shell.OutputOfAsync(words)).TrimEnd().Split('\n')
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        Assert.Equal(
            ["method", "problem", "parameters", "trials", "first s", "median ms", "90 % ms", "longest ms", "cpu ms", "KB", "by"], table[0]);
        Assert.Equal([("random", "3"), ("random", "12"), ("sobol", "3"), ("sobol", "12")], table[1..].Select(row => (row[0], row[3])));
        Assert.All(table[1..], row => Assert.Equal(("wide20", "20", $"{row[0]}:4"), (row[1], row[2], row[^1])));
        var lines = (await _shell.OutputOfAsync([.. words, "--json"])).TrimEnd().Split('\n').Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(
            ["system", "method", "problem", "parameters", "trials", "suggestions", "first", "median", "percentile90", "longest",
                "cpu_median", "allocated_bytes", "by"],
            line.EnumerateObject().Select(member => member.Name)));
        Assert.All(lines, line => Assert.True(line.GetProperty("longest").GetDouble() >= line.GetProperty("median").GetDouble()));
    }

    [Theory]
    [InlineData("10,many", "--trials holds 'many'; allowed are whole numbers from 2 to 10000000, separated by commas")]
    [InlineData("1", "--trials holds '1'; allowed are whole numbers from 2")]
    public async Task Times_AfterAWrongNumberOfTrials_TellsWhatIsAllowed(string trials, string message)
    {
        var result = await _shell.RunAsync("bench", "times", "--methods", "random", "--problems", "branin", "--trials", trials);
        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfProblems_NamesThemWithTheirGroups()
    {
        var lines = (await _shell.OutputOfAsync("bench", "list")).Split('\n');
        Assert.StartsWith("problem ", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("lcbench/3945 ", StringComparison.Ordinal)
            && line.Contains("val_accuracy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_InAProcessOfItsOwn_GivesWhatTheseProblemsGive()
    {
        var served = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll")}' bench serve";
        var rows = (await _shell.OutputOfAsync("bench", "check", "--points", "3", "--evaluator", served)).TrimEnd().Split('\n')[1..];
        Assert.Contains(rows, row => row.StartsWith("branin_noisy ", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal(["3", "0"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]));
        var output = await _shell.OutputOfAsync(
            "bench", "run", "--methods", "random", "--problems", "lcbench/*,zdt_dtlz", "--trials", "2", "--seeds", "5", "--out", "r.jsonl",
            "--jobs", "2", "--evaluator", served);
        Assert.EndsWith("r.jsonl holds all 12 runs; 12 of them are new\n", output, StringComparison.Ordinal);
    }
}
