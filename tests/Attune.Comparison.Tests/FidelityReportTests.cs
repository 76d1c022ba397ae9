using Attune.Problems;

namespace Attune.Comparison.Tests;

/// <summary>Reports of training runs, by hand.</summary>
public sealed class FidelityReportTests : IDisposable
{
    private const string BaselineText = """
        {"best_known":{"lcbench/3945":{"group":"lcbench","direction":"maximize","value":100},
                       "lcbench/7593":{"group":"lcbench","direction":"maximize","value":100}},
         "single_objective":{},"multi_objective":{},
         "multi_fidelity":{
             "lcbench/3945":{"peer/p":{"100":{"incumbent_full_mean":92.5},"10":{"incumbent_full_mean":50},"seeds":10}},
             "lcbench/7593":{"peer/p":{"100":{"incumbent_full_mean":88.5},"10":{"incumbent_full_mean":40},"seeds":1}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("attune-fidelity-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Tables_OfRunsBesidePeers_AreTheMeansByHand()
    {
        Write(
            [
                .. Run("a", "lcbench/3945", 0, (8, 60, null, 1), (20, 70, 71, 2), (49, 80, null, 5), (51, 99, null, 6), (100, 90, 91, 10)),
                .. Run("a", "lcbench/3945", 1, (10, 64, null, 1), (20, 72, 73, 2), (50, 84, null, 4), (100, 94, 95, 8)),
                .. Run("a", "lcbench/7593", 0, (10, 50, null, 10), (20, 50, 50, 20), (50, 50, null, 50), (100, 80, 80, 100)),
                .. Run("a", "lcbench/7593", 1, (10, 50, null, 10), (20, 50, 50, 20), (50, 50, null, 50), (100, 84, 80, 100)),
                .. Run("b", "lcbench/3945", 0, (52, 95, null, 5), (100, 95, null, 10)),
            ]);

        // At 100: (92 + 82) / 2; the variances of the means of two are (8 + 8) / 2 / 2 each, so the error is √(4 + 4) / 2.
        var rows = Rows("lcbench-fidelity.csv");
        Assert.Equal(["peer/p", "attune/a"], rows.Select(row => row["method"]));
        Assert.Equal(("56.0 ± 1.0", "60.50 ± 0.50", "66.0 ± 1.0", "87.0 ± 1.4"), (rows[1]["10"], rows[1]["20"], rows[1]["50"], rows[1]["100"]));
        Assert.Equal(("45", "", "", "90.5", "1"), (rows[0]["10"], rows[0]["20"], rows[0]["50"], rows[0]["100"], rows[0]["seeds"]));

        // Before the first recommendation of every run there is none; between two the earlier holds.
        var recommended = Assert.Single(Rows("lcbench-fidelity-recommended.csv"));
        Assert.Equal(("", "61.00 ± 0.50", "61.00 ± 0.50", "86.5 ± 1.0"),
            (recommended["10"], recommended["20"], recommended["50"], recommended["100"]));
        var scores = Rows("fidelity-scores.csv");
        var score = Assert.Single(scores, row => row["problem"] == "lcbench/3945" && row["method"] == "attune/a" && row["resource"] == "50");
        Assert.Equal(("82", "2", "2"), (score["incumbent"], score["standard error"], score["seeds"]));
        var alone = Assert.Single(scores, row => row["method"] == "attune/b" && row["resource"] == "100");
        Assert.Equal(("95", ""), (alone["incumbent"], alone["standard error"]));
        Assert.DoesNotContain(scores, row => row["method"] == "attune/b" && row["resource"] == "50");
        Assert.Single(scores, row => row["method"] == "peer/p" && row["problem"] == "lcbench/7593" && row["resource"] == "10");
        Assert.Equal(("92.0 ± 2.0", "82.0 ± 2.0"),
            (Rows("lcbench-fidelity-by-problem.csv")[0]["lcbench/3945"], Rows("lcbench-fidelity-by-problem.csv")[0]["lcbench/7593"]));

        // The longest run on 3945 takes 10 s, on 7593 100 s: at 30 % that is 3 s and 30 s.
        var times = Assert.Single(Rows("lcbench-fidelity-times.csv"));
        Assert.Equal(("60.50 ± 0.50", "87.0 ± 1.4"), (times["30 % of the time"], times["100 % of the time"]));
        var page = File.ReadAllText(Path.Combine(_folder, "report.md"));
        Assert.Contains("## Training runs in simulated time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The gap is", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_OfARunThatStoppedShort_HoldItsEndOnlyWhereItSaysSo()
    {
        var lines = Run("a", "lcbench/3945", 0, (10, 60, null, 1), (40, 70, null, 2)).ToArray();
        Write(lines);
        Assert.Equal(["10", "20"], Rows("fidelity-scores.csv").Where(row => row["method"] == "attune/a").Select(row => row["resource"]));
        Write([.. lines[..^1], lines[^1] with { IsExhausted = true }]);
        Assert.Equal(4, Rows("fidelity-scores.csv").Count(row => row["method"] == "attune/a"));
    }

    [Fact]
    public void Line_OfATrainingRun_IsReadAsItWasWritten()
    {
        var line = Run("a+b", "lcbench/3945", 3, (8.5, 60.25, 61.5, 1.75)).Single() with
        {
            Values = [1.5], Fidelity = 8, AskSeconds = 0.25, IsExhausted = true,
        };
        const string Text = """
            {"system":"attune","sampler":"a+b","problem":"lcbench/3945","seed":3,"trial":0,"value":1.5,"fidelity":8,
            "cumulative_fidelity":8.5,"incumbent_full":60.25,"recommended_full":61.5,"simulated_seconds":1.75,"ask_seconds":0.25,
            "resource_budget":100,"exhausted":true}
            """;
        Assert.Equal(Text.ReplaceLineEndings(""), line.ToString());
        Assert.Equal(line.ToString(), TrialLine.Parse(Text).ToString());
    }

    private static IEnumerable<TrialLine> Run(
        string sampler, string problem, long seed, params (double Spent, double Full, double? Recommended, double Seconds)[] points) =>
        points.Select(point => new TrialLine(new("attune", sampler, problem, seed), 0)
        {
            CumulativeFidelity = point.Spent, IncumbentFull = point.Full, RecommendedFull = point.Recommended, Values = [0],
            SimulatedSeconds = point.Seconds, ResourceBudget = 100,
        });

    private void Write(IReadOnlyList<TrialLine> lines)
    {
        var path = Path.Combine(_folder, "baselines.json");
        File.WriteAllText(path, BaselineText);
        ComparisonReport.Of(lines, Baselines.Read(path), ProblemCatalog.All).Write(_folder, null);
    }

    private Dictionary<string, string>[] Rows(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(_folder, name));
        var titles = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => titles.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
