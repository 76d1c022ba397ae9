using Attune.Numerics;

namespace Attune.Problems;

/// <summary>How far two sources of the same problem agree, at random configurations, seeds, trials and amounts of training.</summary>
/// <param name="Problem">The name of the problem.</param>
/// <param name="Points">How many configurations were compared.</param>
/// <param name="LargestDifference">The largest difference of a metric, with or without noise, relative to its size where that is above
/// 1.</param>
/// <param name="Metric">The metric with that difference.</param>
public sealed record ProblemAgreement(string Problem, int Points, double LargestDifference, string Metric)
{
    /// <summary>Compares.</summary>
    /// <param name="own">The problem.</param>
    /// <param name="other">The same problem from another source, with the same names of parameters and metrics.</param>
    /// <param name="points">How many configurations to compare, at least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">One of them cannot be evaluated where the other can, or lacks a metric.</exception>
    public static async Task<ProblemAgreement> OfAsync(
        BenchmarkProblem own, BenchmarkProblem other, int points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        var (largest, metric) = (0.0, own.Problem.Objectives[0].Metric);
        for (var point = 0; point < points; point++)
        {
            var (configuration, resource) = Draw(own, point);
            var here = await own.EvaluateAsync(configuration, resource, point % 3, point, cancellationToken).ConfigureAwait(false);
            var there = await other.EvaluateAsync(Translate(configuration, other), resource, point % 3, point, cancellationToken)
                .ConfigureAwait(false);
            foreach (var (mine, theirs) in ((MetricValues, MetricValues)[])[(here.Values, there.Values), (here.Noiseless, there.Noiseless)])
            {
                foreach (var (name, value) in mine)
                {
                    if (!theirs.TryGet(name, out var counterpart))
                        throw new BenchmarkException($"The other source of '{own}' gives no metric '{name}'.");
                    var difference = Math.Abs(value - counterpart) / Math.Max(1, Math.Abs(value));
                    if (difference > largest)
                        (largest, metric) = (difference, name);
                }
            }
        }

        return new(own.Name, points, largest, metric);
    }

    private static (Configuration Configuration, double? Resource) Draw(BenchmarkProblem problem, int point)
    {
        var random = RandomKey.FromSeed((ulong)point).Derive(RandomKey.Purpose(problem.Name)).CreateStream();
        var configuration = problem.Problem.Space.Sample(ref random);
        if (problem.Problem.Fidelity is not { } fidelity || point % 2 == 0)
            return (configuration, null);
        var amount = fidelity.Low + (random.NextDouble() * (fidelity.High - fidelity.Low));
        return (configuration, fidelity.IsInteger ? Math.Round(amount) : amount);
    }

    private static Configuration Translate(Configuration configuration, BenchmarkProblem other)
    {
        try
        {
            return other.Problem.Space.Configure(configuration.Values());
        }
        catch (SpaceException exception)
        {
            throw new BenchmarkException($"The other source of '{other}' has another space: {exception.Message}", exception);
        }
    }
}
