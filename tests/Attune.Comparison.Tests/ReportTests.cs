using System.Globalization;
using Attune.Problems;

namespace Attune.Comparison.Tests;

public sealed class ReportTests : IDisposable
{
    // Two peers on Branin, whose optimum is 0.39788735772973816; random search has the mean 2 after 2 trials.
    private const string BaselineText = """
        {"best_known":{"branin":{"group":"analytic","direction":"minimize","value":0.39788735772973816},
                       "lcbench/3945":{"group":"lcbench","direction":"maximize","value":100}},
         "single_objective":{"branin":{"optuna/random":{"2":{"mean":2.0,"median":2,"sd":1,"ask_median_s":0.001},"seeds":10},
                                       "peer/good":{"2":{"mean":1.0,"median":1,"sd":1,"ask_median_s":null},"seeds":5},
                                       "peer/few":{"2":{"mean":0.5,"median":1,"sd":1},"seeds":1}},
                             "lcbench/3945":{"optuna/random":{"2":{"mean":90,"median":90,"sd":1},"seeds":10}}},
         "multi_objective":{"zdt1_6":{"optuna/random":{"2":{"hv_mean":0.5,"hv_median":0.5},"seeds":10}}}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("attune-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scores_OfRunsBesidePeers_AreTheGapsByHand()
    {
        var report = ComparisonReport.Of(
            [
                .. Run("attune", "a", "branin", 0, [3, 1.5]), .. Run("attune", "a", "branin", 1, [1.1, 5]),
                .. Run("other", "b", "branin", 0, [2, 2]), .. Run("other", "b", "branin", 1, [2, 2]),
            ],
            Peers(), ProblemCatalog.All);
        report.Write(_folder, null);
        var rows = Rows("scores.csv");
        var gap = 2 - 0.39788735772973816;
        Assert.Equal((2 - 1.3) / gap, Cell(rows, "attune/a", "gap closed"), 1e-12);
        Assert.Equal((1.3 - 0.39788735772973816) / gap, Cell(rows, "attune/a", "regret"), 1e-12);
        Assert.Equal(0, Cell(rows, "other/b", "gap closed"));
        Assert.Equal(1 / gap, Cell(rows, "peer/good", "gap closed"), 1e-12);
        Assert.DoesNotContain(rows, row => row["method"] == "peer/few");
        var wins = Assert.Single(Rows("analytic-wins-2.csv"));
        Assert.Equal(("attune/a", "other/b", "1"), (wins["method"], wins["against"], wins["win probability"]));
        Assert.Equal(["1", "2"], Rows("analytic-ranks-2.csv").Select(row => row["average rank"]));
        Assert.Equal(["peer/good", "attune/a", "optuna/random", "other/b"], Rows("analytic-gap.csv").Select(row => row["method"]));
        var page = File.ReadAllText(Path.Combine(_folder, "report.md"));
        Assert.Contains("Friedman's test: p = ", page, StringComparison.Ordinal);
        Assert.Contains("Figures are drawn by a plug-in that is not there", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_OfAProblemToBeMaximised_RiseWithTheValue()
    {
        ComparisonReport.Of([.. Run("attune", "a", "lcbench/3945", 0, [80, 95], isMaximized: true)], Peers(), ProblemCatalog.All)
            .Write(_folder, null);
        Assert.Equal(0.5, Cell(Rows("scores.csv"), "attune/a", "gap closed"), 1e-12);
        Assert.Equal(95, Cell(Rows("scores.csv"), "attune/a", "mean"), 1e-12);
    }

    [Fact]
    public void Scores_OfSeveralObjectives_AreHypervolumes()
    {
        var run = new RunKey("attune", "a", "zdt1_6", 0);
        ComparisonReport.Of([new(run, 0) { Values = [0.5, 5] }, new(run, 1) { Values = [0, 5] }], Peers(), ProblemCatalog.All)
            .Write(_folder, null);
        Assert.Equal(0.5, Cell(Rows("scores.csv"), "attune/a", "mean"), 1e-12);
        Assert.Equal(0, Cell(Rows("scores.csv"), "attune/a", "gap closed"), 1e-12);
    }

    [Fact]
    public void Of_UnknownProblem_SaysHowToMakeItKnown()
    {
        var exception = Assert.Throws<BenchmarkException>(
            () => ComparisonReport.Of([.. Run("attune", "a", "mine", 0, [1, 2])], Baselines.None, ProblemCatalog.All));
        Assert.Contains("a problem 'mine' that is not known here; name the program that serves it by --evaluator", exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherFile_IsRefused()
    {
        var path = Path.Combine(_folder, "other.json");
        File.WriteAllText(path, "{}");
        Assert.Contains(
            "is no file of baselines", Assert.Throws<BenchmarkException>(() => Baselines.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_OfRuns_HaveACurveForEachMethodAndBandsAroundIt()
    {
        var heard = new Recorder();
        ComparisonReport.Of(
            [
                .. Run("attune", "a", "branin", 0, [3, 1.5]), .. Run("attune", "a", "branin", 1, [1.1, 5]),
                .. Run("attune", "random", "branin", 0, [4, 2]), .. Run("attune", "random", "branin", 1, [3, 2]),
            ],
            Baselines.None, ProblemCatalog.All).Write(_folder, heard);
        Assert.Equal(["analytic-regret.svg", "branin.svg", "analytic-ranks-2.svg", "times.svg"], heard.Files);
        var curve = heard.Curves[1].Curves[0];
        Assert.Equal("attune/a", curve.Label);
        Assert.Equal([2.05, 1.3], curve.Y, (left, right) => Math.Abs(left - right) < 1e-12);
        Assert.Equal([1.1, 1.1], curve.Low);
        Assert.Equal([3, 1.5], curve.High);
    }

    private Baselines Peers()
    {
        var path = Path.Combine(_folder, "baselines.json");
        File.WriteAllText(path, BaselineText);
        return Baselines.Read(path);
    }

    private static IEnumerable<TrialLine> Run(
        string system, string sampler, string problem, long seed, double[] values, bool isMaximized = false)
    {
        for (var trial = 0; trial < values.Length; trial++)
        {
            var best = isMaximized ? values[..(trial + 1)].Max() : values[..(trial + 1)].Min();
            yield return new(new(system, sampler, problem, seed), trial) { Values = [values[trial]], Best = best, AskSeconds = 0.1 };
        }
    }

    private List<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(_folder, file)).Select(line => line.Split(',')).ToArray();
        return [.. lines[1..].Select(row => lines[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static double Cell(List<Dictionary<string, string>> rows, string method, string column) =>
        double.Parse(rows.Single(row => row["method"] == method)[column], CultureInfo.InvariantCulture);

    private sealed class Recorder : IFigureWriter
    {
        public List<string> Files { get; } = [];

        public List<CurveFigure> Curves { get; } = [];

        public void Write(CurveFigure figure, string path)
        {
            Files.Add(Path.GetFileName(path));
            Curves.Add(figure);
        }

        public void Write(RankFigure figure, string path) => Files.Add(Path.GetFileName(path));
    }
}
