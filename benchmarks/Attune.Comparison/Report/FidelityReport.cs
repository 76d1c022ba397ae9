using System.Globalization;
using System.Text;

namespace Attune.Comparison;

/// <summary>What the lines over training runs tell of methods.</summary>
/// <param name="data">The runs.</param>
/// <param name="baselines">Peers' summaries.</param>
internal sealed class FidelityReport(FidelityData data, Baselines baselines)
{
    private const int Places = 60;

    private readonly FidelityTables _tables = new(data, baselines);

    /// <summary>The table of incumbents by group, for a screen.</summary>
    internal string Summary
    {
        get
        {
            var text = new StringBuilder();
            foreach (var group in data.Groups)
                text.Append(CultureInfo.InvariantCulture, $"{Heading(group)}\n\n{_tables.Incumbents(data.Of(group)).ToMarkdown()}\n");
            return text.ToString();
        }
    }

    /// <summary>Writes the page's sections.</summary>
    internal void Write(ReportWriter writer)
    {
        writer.Text(
            """
            ## Training runs in simulated time

            The incumbent is the configuration with the best value at any fidelity so far. What counts is its value at full fidelity, which
            is looked up outside the budget, after shares of the resource that a run spends in all: the mean over problems and seeds, ± its
            standard error over seeds. Recommended is the configuration that the method's model names instead. Simulated time counts from
            the start of a run in shares of the longest run on the same problem. Peers whose summaries come from baselines have means
            only.


            """);
        foreach (var group in data.Groups)
        {
            var problems = data.Of(group);
            writer.Text($"### {Heading(group)}\n\n");
            writer.Section(null, $"{group}-fidelity", _tables.Incumbents(problems));
            writer.Section("Recommended configurations", $"{group}-fidelity-recommended", _tables.Recommended(problems));
            writer.Draw($"{group}-fidelity", ByResource(group, problems));
            writer.Section("By simulated time", $"{group}-fidelity-times", _tables.Times(problems));
            writer.Draw($"{group}-fidelity-times", ByTime(group, problems));
            writer.Section("By problem, at the whole budget", $"{group}-fidelity-by-problem", _tables.ByProblem(problems));
        }

        writer.Save("fidelity-scores.csv", _tables.Scores().ToCsv());
    }

    private CurveFigure? ByResource(string group, ReportProblem[] problems)
    {
        var most = data.Resource(problems);
        return Curves(
            $"{group}: full-fidelity value of the incumbent", "resource spent", problems, 0.02,
            share => share * most, (_, run, share) => run.IncumbentAt(share * most));
    }

    private CurveFigure? ByTime(string group, ReportProblem[] problems) => Curves(
        $"{group}: full-fidelity value of the incumbent", "simulated time, as a share of the longest run", problems, 0.001,
        share => share, (problem, run, share) => run.IncumbentAfter(share * (data.Longest(problem) ?? double.NaN)));

    private CurveFigure? Curves(
        string title, string horizontal, ReportProblem[] problems, double first, Func<double, double> place,
        Func<ReportProblem, FidelityCurve, double, double?> value)
    {
        var curves = new List<Curve>();
        foreach (var method in data.Methods)
        {
            var (x, y, low, high) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var i = 0; i <= Places; i++)
            {
                var share = Math.Pow(first, 1 - ((double)i / Places));
                if (data.Strata(problems, method, (problem, run) => value(problem, run, share)) is not { } strata)
                    continue;
                var interval = Bootstrap.Interval(strata);
                x.Add(place(share));
                y.Add(MeanWithError.Of(strata).Mean);
                low.Add(interval.Low);
                high.Add(interval.High);
            }

            if (x.Count > 0)
                curves.Add(new(method, x, y, low, high));
        }

        return curves.Count == 0 ? null
            : new(title, horizontal, "mean value", curves, IsLogarithmic: false) { IsHorizontalLogarithmic = true };
    }

    private string Heading(string group) => $"{group}: {string.Join(", ", data.Of(group).Select(problem => problem.Name))}";
}
