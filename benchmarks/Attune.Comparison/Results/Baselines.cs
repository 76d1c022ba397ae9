using System.Text.Json;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>Summaries of peers' runs, as a file of baselines holds them.</summary>
public sealed class Baselines
{
    private readonly Dictionary<(string Problem, string Method, int Trials), BaselineScore> _scores = [];
    private readonly Dictionary<string, BaselineTarget> _targets = new(StringComparer.Ordinal);

    private Baselines()
    {
    }

    /// <summary>Peers with fewer runs do not count.</summary>
    private const int FewestSeeds = 5;

    private readonly Dictionary<(string Problem, string Method, int Trials), double> _hypervolumes = [];
    private readonly Dictionary<(string Problem, string Method), int> _seeds = [];
    private readonly Dictionary<(string Problem, string Method, double Resource), FidelityScore> _fidelities = [];

    /// <summary>No peers.</summary>
    public static Baselines None { get; } = new();

    /// <summary>The method at which the gap begins.</summary>
    public const string RandomSearch = "optuna/random";

    /// <summary>The best known values by problem.</summary>
    public IReadOnlyDictionary<string, BaselineTarget> Targets => _targets;

    /// <summary>The summaries by problem, method and number of trials.</summary>
    public IReadOnlyDictionary<(string Problem, string Method, int Trials), BaselineScore> Scores => _scores;

    /// <summary>The mean loss of a method on a problem; null when it is not there.</summary>
    internal double? Mean(ReportProblem problem, string method, int trials)
    {
        if (problem.Ranges.Length > 0)
            return _hypervolumes.TryGetValue((problem.Name, method, trials), out var volume) ? 1 - volume : null;
        return _scores.TryGetValue((problem.Name, method, trials), out var score) ? problem.Orient(score.Mean) : null;
    }

    /// <summary>The methods that ran on a problem with enough seeds to count.</summary>
    internal IEnumerable<string> Methods(ReportProblem problem) =>
        _seeds.Where(pair => pair.Key.Problem == problem.Name && pair.Value >= FewestSeeds).Select(pair => pair.Key.Method);

    /// <summary>The mean of a method over training runs after an amount of resource; null when it is not there.</summary>
    internal FidelityScore? Fidelity(string problem, string method, double resource) =>
        _fidelities.TryGetValue((problem, method, resource), out var score) ? score : null;

    /// <summary>All of them on a problem after an amount of resource.</summary>
    internal IEnumerable<(string Method, FidelityScore Score)> Fidelities(string problem, double resource) =>
        _fidelities.Where(pair => pair.Key.Problem == problem && pair.Key.Resource == resource)
            .Select(pair => (pair.Key.Method, pair.Value));

    /// <summary>The methods that ran over training runs on a problem.</summary>
    internal IEnumerable<string> FidelityMethods(string problem) =>
        _fidelities.Keys.Where(key => key.Problem == problem).Select(key => key.Method).Distinct();

    /// <summary>Reads a file of baselines.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BenchmarkException">It is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Baselines Read(string path)
    {
        var baselines = new Baselines();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var problem in document.RootElement.GetProperty("best_known").EnumerateObject())
            {
                baselines._targets[problem.Name] = new(
                    problem.Value.GetProperty("group").GetString()!,
                    problem.Value.GetProperty("direction").GetString() == "maximize" ? Direction.Maximize : Direction.Minimize,
                    problem.Value.GetProperty("value").GetDouble());
            }

            foreach (var problem in document.RootElement.GetProperty("single_objective").EnumerateObject())
            {
                foreach (var method in problem.Value.EnumerateObject())
                    baselines.Add(problem.Name, method);
            }

            foreach (var problem in document.RootElement.GetProperty("multi_objective").EnumerateObject())
            {
                foreach (var method in problem.Value.EnumerateObject())
                    baselines.AddHypervolumes(problem.Name, method);
            }

            if (document.RootElement.TryGetProperty("multi_fidelity", out var fidelities))
            {
                foreach (var problem in fidelities.EnumerateObject())
                {
                    foreach (var method in problem.Value.EnumerateObject())
                        baselines.AddFidelities(problem.Name, method);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BenchmarkException($"{path} is no file of baselines: {exception.Message}", exception);
        }

        return baselines;
    }

    private void Add(string problem, JsonProperty method)
    {
        var seeds = _seeds[(problem, method.Name)] = method.Value.GetProperty("seeds").GetInt32();
        foreach (var point in method.Value.EnumerateObject())
        {
            if (int.TryParse(point.Name, out var trials))
            {
                _scores[(problem, method.Name, trials)] = new(
                    seeds, point.Value.GetProperty("mean").GetDouble(), point.Value.GetProperty("median").GetDouble(),
                    point.Value.GetProperty("sd").GetDouble(),
                    point.Value.TryGetProperty("ask_median_s", out var seconds) && seconds.ValueKind == JsonValueKind.Number
                        ? seconds.GetDouble()
                        : null);
            }
        }
    }

    private void AddHypervolumes(string problem, JsonProperty method)
    {
        _seeds[(problem, method.Name)] = method.Value.GetProperty("seeds").GetInt32();
        foreach (var point in method.Value.EnumerateObject())
        {
            if (int.TryParse(point.Name, out var trials))
                _hypervolumes[(problem, method.Name, trials)] = point.Value.GetProperty("hv_mean").GetDouble();
        }
    }

    private void AddFidelities(string problem, JsonProperty method)
    {
        var seeds = method.Value.GetProperty("seeds").GetInt32();
        foreach (var point in method.Value.EnumerateObject())
        {
            if (double.TryParse(point.Name, System.Globalization.CultureInfo.InvariantCulture, out var resource))
                _fidelities[(problem, method.Name, resource)] = new(point.Value.GetProperty("incumbent_full_mean").GetDouble(), seeds);
        }
    }
}
