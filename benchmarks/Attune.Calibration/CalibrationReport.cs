using System.Globalization;

namespace Attune.Calibration;

/// <summary>Prints the tables and writes the files.</summary>
internal static class CalibrationReport
{
    private static readonly double[] Noises = [0.1, 0.4];

    private static readonly int[] Repeats = [1, 4];

    internal static int Run(string[] surrogates, string[] priors, int draws, int measurements, ulong seed, int jobs, string? folder)
    {
        var unknown = surrogates.Except(Surrogates.All.Keys).Concat(priors.Except(Priors.All.Select(prior => prior.Name))).FirstOrDefault();
        if (unknown is not null)
        {
            Console.Error.WriteLine($"There is no '{unknown}'; there are the surrogates {string.Join(", ", Surrogates.All.Keys)} "
                + $"and the priors {string.Join(", ", Priors.All.Select(prior => prior.Name))}.");
            return 2;
        }

        var rows = new List<CoverageRow>();
        Console.WriteLine("surrogate  prior        points x repeats  noise | function by epistemic | measurement by total |"
            + " function by total    | noise variance / true | rmse");
        foreach (var name in surrogates)
        {
            foreach (var setting in Settings(priors, measurements))
            {
                var (found, shares, error) = CoverageMeasurement.Of(name, Surrogates.All[name], setting, draws, seed, jobs);
                rows.AddRange(found);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name,-10} {setting.Prior.Name,-12} {setting.Points,6} x {setting.Repeats,-7} {setting.Noise,6:F2} | "
                    + $"{Levels(found, 0)} | {Levels(found, 1)} | {Levels(found, 2)} | "
                    + $"{shares[draws / 10],5:F2} {shares[draws / 2],5:F2} {shares[draws - 1 - (draws / 10)],5:F2}     | {error:F3}"));
            }
        }

        Console.WriteLine();
        PrintMeans(rows);
        var noise = surrogates.SelectMany(name => NoiseConvergence.Of(name, draws, seed, jobs)).ToList();
        Console.WriteLine();
        Console.WriteLine("noise variance / true at 12 configurations: 10 %, median, 90 %");
        foreach (var row in noise)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Surrogate,-10} {row.Repeats,3} repeats  {row.Low:F2}  {row.Median:F2}  {row.High:F2}"));
        }

        if (folder is not null)
            CalibrationFiles.Write(folder, rows, noise);
        return 0;
    }

    private static IEnumerable<Setting> Settings(string[] priors, int measurements) =>
        from prior in Priors.All
        where priors.Contains(prior.Name)
        from noise in Noises
        from repeats in Repeats
        select new Setting(prior, measurements / repeats, repeats, noise);

    private static string Levels(List<CoverageRow> rows, int kind) =>
        string.Join(' ', rows.Skip(kind * CoverageMeasurement.Levels.Length).Take(CoverageMeasurement.Levels.Length)
            .Select(row => (100 * row.Covered).ToString("F1", CultureInfo.InvariantCulture).PadLeft(6)));

    private static void PrintMeans(List<CoverageRow> rows)
    {
        Console.WriteLine("mean over settings, and the largest distance from the claim in any setting (points):");
        foreach (var group in rows.GroupBy(row => (row.Surrogate, row.Interval, row.Target, row.Nominal)))
        {
            var (mean, worst) = (group.Average(row => row.Covered), group.MaxBy(row => Math.Abs(row.Covered - row.Nominal))!);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Key.Surrogate,-10} {group.Key.Target,-11} by {group.Key.Interval,-9} {100 * group.Key.Nominal,3:F0} %: "
                + $"{100 * mean,5:F1}   worst {100 * (worst.Covered - worst.Nominal),6:F1} ± {100 * worst.Error:F1} "
                + $"({worst.Prior}, {worst.Points} x {worst.Repeats}, noise {worst.Noise})"));
        }
    }
}
