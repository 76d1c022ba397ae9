using System.Globalization;
using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Calibration;

/// <summary>Draws functions, fits, predicts at fresh points and counts what the intervals cover.</summary>
internal static class CoverageMeasurement
{
    internal static readonly double[] Levels = [0.5, 0.8, 0.95];

    /// <summary>The intervals: the epistemic for the function, the total for a new measurement, and what becomes of both when one
    /// merged variance must serve for either purpose, or the noise is forgotten.</summary>
    internal static readonly (string Interval, string Target)[] Kinds =
        [("epistemic", "function"), ("total", "measurement"), ("total", "function"), ("epistemic", "measurement")];

    private const int TestPoints = 100;

    /// <summary>Measures one setting.</summary>
    /// <returns>The coverages, the noise variances estimated (as shares of the true one), and the root mean squared errors.</returns>
    internal static (List<CoverageRow> Rows, double[] NoiseShares, double Error) Of(
        string name, ISurrogate surrogate, Setting setting, int draws, ulong seed, int jobs)
    {
        var covered = new double[Kinds.Length, Levels.Length, draws];
        var (shares, squares) = (new double[draws], 0.0);
        Parallel.For(0, draws, new ParallelOptions { MaxDegreeOfParallelism = jobs }, draw =>
        {
            var key = RandomKey.FromSeed(seed).Derive(1, (ulong)draw, RandomKey.Purpose(Describe(setting)));
            var (error, share) = One(surrogate, setting, key, (kind, level, amount) => covered[kind, level, draw] = amount);
            shares[draw] = share;
            lock (shares)
                squares += error;
        });

        var rows = new List<CoverageRow>();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            for (var level = 0; level < Levels.Length; level++)
            {
                var amounts = Enumerable.Range(0, draws).Select(draw => covered[kind, level, draw]).ToArray();
                var mean = amounts.Average();
                var error = Math.Sqrt(amounts.Sum(amount => (amount - mean) * (amount - mean)) / Math.Max(1, draws - 1) / draws);
                rows.Add(new(name, setting.Prior.Name, setting.Points, setting.Repeats, setting.Noise, Kinds[kind].Interval,
                    Kinds[kind].Target, Levels[level], mean, error));
            }
        }

        Array.Sort(shares);
        return (rows, shares, Math.Sqrt(squares / draws));
    }

    private static (double Squares, double NoiseShare) One(
        ISurrogate surrogate, Setting setting, RandomKey key, Action<int, int, double> report)
    {
        var stream = key.CreateStream();
        var (n, noise) = (setting.Points, setting.Noise);
        var configurations = new Configuration[n + TestPoints];
        for (var i = 0; i < configurations.Length; i++)
            configurations[i] = setting.Prior.Space.Sample(ref stream);
        var values = setting.Prior.Draw(new(setting.Prior.Space, configurations), ref stream);
        var (trained, targets) = (new Configuration[n * setting.Repeats], new double[n * setting.Repeats]);
        for (var i = 0; i < targets.Length; i++)
        {
            trained[i] = configurations[i % n];
            targets[i] = values[i % n] + (noise * stream.NextNormal());
        }

        var mean = targets.Average();
        var deviation = Math.Sqrt(targets.Average(target => (target - mean) * (target - mean)));
        var posterior = surrogate.Fit(
            new(setting.Prior.Space, trained), [.. targets.Select(target => (target - mean) / deviation)],
            key.Derive(RandomKey.Purpose("fit")));
        var (means, epistemic, aleatoric) = (new double[TestPoints], new double[TestPoints], new double[TestPoints]);
        posterior.Predict(new(setting.Prior.Space, configurations.AsSpan(n)), means, epistemic, aleatoric);

        var (squares, z) = (0.0, Levels.Select(level => NormalDistribution.Quantile(0.5 + (level / 2))).ToArray());
        var hits = new int[Kinds.Length, Levels.Length];
        for (var i = 0; i < TestPoints; i++)
        {
            var truth = values[n + i];
            var measured = truth + (noise * stream.NextNormal());
            var predicted = mean + (deviation * means[i]);
            squares += (truth - predicted) * (truth - predicted) / TestPoints;
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                var variance = Kinds[kind].Interval == "epistemic" ? epistemic[i] : epistemic[i] + aleatoric[i];
                var distance = Math.Abs((Kinds[kind].Target == "function" ? truth : measured) - predicted);
                for (var level = 0; level < Levels.Length; level++)
                    hits[kind, level] += distance <= z[level] * deviation * Math.Sqrt(variance) ? 1 : 0;
            }
        }

        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            for (var level = 0; level < Levels.Length; level++)
                report(kind, level, hits[kind, level] / (double)TestPoints);
        }

        return (squares, noise > 0 ? aleatoric.Average() * deviation * deviation / noise / noise : 0);
    }

    private static string Describe(Setting setting) => string.Create(
        CultureInfo.InvariantCulture, $"{setting.Prior.Name} {setting.Points} {setting.Repeats} {setting.Noise:R}");
}
