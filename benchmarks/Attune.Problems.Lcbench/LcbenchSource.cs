using System.Collections.Immutable;

namespace Attune.Problems.Lcbench;

/// <summary>
/// The tuning of multi-layer perceptrons on data sets of OpenML: a network that was fitted to the recorded runs of LCBench answers in
/// place of training. Seven hyperparameters, 1 to 52 epochs.
/// </summary>
/// <remarks>Surrogate: F. Pfisterer, L. Schneider, J. Moosbauer, M. Binder, B. Bischl, YAHPO Gym, AutoML 2022. Data: L. Zimmer, M.
/// Lindauer, F. Hutter, Auto-PyTorch Tabular, IEEE TPAMI 43, 2021. See <c>Data/README.md</c>.</remarks>
public sealed class LcbenchSource : IProblemSource
{
    private const string Accuracy = "val_accuracy";
    private const string Time = "time";

    private static readonly Fidelity Epochs = new("epoch", 1, 52) { Unit = "epochs", Scale = Scale.Linear };

    private readonly Lazy<LcbenchNetwork> _network = new(() => new());
    private readonly ImmutableArray<BenchmarkProblem> _problems;

    /// <summary>Makes the problems; the network is loaded at the first evaluation.</summary>
    public LcbenchSource()
    {
        _problems = [.. All()];
        Names = [.. _problems.Select(problem => problem.Name)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        _problems.FirstOrDefault(problem => problem.Name == name) is { } found
            ? ValueTask.FromResult(found)
            : ValueTask.FromException<BenchmarkProblem>(new BenchmarkException($"There is no problem '{name}'."));

    /// <summary>Lets go of the network; nothing may be evaluated any more.</summary>
    public ValueTask DisposeAsync()
    {
        if (_network.IsValueCreated)
            _network.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<BenchmarkProblem> All()
    {
        foreach (var instance in (string[])["3945", "7593", "126026", "167168", "189873", "189906"])
            yield return Single(instance);

        // The smallest and largest values in the recorded runs, which YAHPO Gym publishes per instance and target.
        yield return TwoObjectives("167152", new(98.04591, 1.4570326), new(1.1477914, 2767.465));
        yield return TwoObjectives("167185", new(97.62567, 2.3293042), new(2.4223375, 2805.0056));
    }

    private FunctionProblem Single(string instance) =>
        Make(
            $"lcbench/{instance}", "lcbench", instance, new Problem(Space(), [new(Accuracy, Direction.Maximize)], fidelities: [Epochs]), [],
            BestSeen.Of($"lcbench/{instance}"));

    private FunctionProblem TwoObjectives(string instance, ObjectiveRange accuracy, ObjectiveRange time) => Make(
        $"lcbench_mo/{instance}", "lcbench_mo", instance,
        new Problem(Space(), [new(Accuracy, Direction.Maximize), new(Time)], fidelities: [Epochs]), [accuracy, time], null);

    private FunctionProblem Make(
        string name, string group, string instance, Problem problem, ImmutableArray<ObjectiveRange> ranges, BestKnown? best) =>
        new(name, group, problem,
            (configuration, resource) => _network.Value.Predict(instance, resource ?? Epochs.High, configuration.Numbers))
        {
            Ranges = ranges,
            BestKnown = best,
            SecondsMetric = Time,
        };

    private static SearchSpace Space() => new SearchSpaceBuilder()
        .Int("batch_size", 16, 512, Scale.Log)
        .Float("learning_rate", 0.00010000000000000009, 0.10000000000000002, Scale.Log)
        .Float("momentum", 0.1, 0.99)
        .Float("weight_decay", 1e-5, 0.1)
        .Int("num_layers", 1, 5)
        .Int("max_units", 64, 1024, Scale.Log)
        .Float("max_dropout", 0, 1)
        .Build();
}
