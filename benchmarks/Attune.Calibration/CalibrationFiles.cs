using System.Globalization;
using System.Text;

namespace Attune.Calibration;

/// <summary>Writes coverage.csv, noise.csv, coverage.svg and noise.svg.</summary>
internal static class CalibrationFiles
{
    internal static void Write(string folder, List<CoverageRow> rows, List<NoiseConvergence> noise)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder("surrogate,prior,points,repeats,noise,interval,target,nominal,covered,error\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Surrogate},{row.Prior},{row.Points},{row.Repeats},{row.Noise:R},{row.Interval},{row.Target},"
                + $"{row.Nominal:R},{row.Covered:F4},{row.Error:F4}\n");
        }

        File.WriteAllText(Path.Combine(folder, "coverage.csv"), text.ToString());
        text.Clear().Append("surrogate,repeats,low,median,high\n");
        foreach (var row in noise)
            text.Append(CultureInfo.InvariantCulture, $"{row.Surrogate},{row.Repeats},{row.Low:F4},{row.Median:F4},{row.High:F4}\n");
        File.WriteAllText(Path.Combine(folder, "noise.csv"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "coverage.svg"), CoverageFigure.Draw(rows));
        File.WriteAllText(Path.Combine(folder, "noise.svg"), NoiseFigure.Draw(noise));
    }
}
