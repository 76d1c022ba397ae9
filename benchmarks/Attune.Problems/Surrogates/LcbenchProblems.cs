using System.Collections.Immutable;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>
/// The tuning of multi-layer perceptrons on data sets of OpenML: a network that was fitted to the recorded runs of LCBench answers in
/// place of training. Seven hyperparameters, 1 to 52 epochs.
/// </summary>
/// <remarks>Surrogate: F. Pfisterer, L. Schneider, J. Moosbauer, M. Binder, B. Bischl, YAHPO Gym, AutoML 2022. Data: L. Zimmer, M. Lindauer,
/// F. Hutter, Auto-PyTorch Tabular, IEEE TPAMI 43, 2021. See <c>Data/README.md</c>.</remarks>
internal static class LcbenchProblems
{
    private const string Folder = "lcbench/";
    private const string Accuracy = "val_accuracy";
    private const string Time = "time";

    // In the order of the network's outputs and of its continuous inputs.
    private static readonly string[] Targets =
        [Time, Accuracy, "val_cross_entropy", "val_balanced_accuracy", "test_cross_entropy", "test_balanced_accuracy"];

    private static readonly string[] Columns = ["batch_size", "learning_rate", "momentum", "weight_decay", "num_layers", "max_units", "max_dropout"];

    private static readonly Fidelity Epochs = new("epoch", 1, 52) { Unit = "epochs", Scale = Scale.Linear };

    private static readonly Lazy<OnnxNetwork> Network = new(() => new(OnnxGraph.Read(Resources.Read(Folder + "model.onnx"))));

    private static readonly Lazy<ImmutableDictionary<string, long>> Codes = new(ReadCodes);

    internal static IEnumerable<BenchmarkProblem> All()
    {
        foreach (var instance in (string[])["3945", "7593", "126026", "167168", "189873", "189906"])
            yield return Single(instance);

        // The smallest and largest values in the recorded runs, which YAHPO Gym publishes per instance and target.
        yield return TwoObjectives("167152", new(98.04591, 1.4570326), new(1.1477914, 2767.465));
        yield return TwoObjectives("167185", new(97.62567, 2.3293042), new(2.4223375, 2805.0056));
    }

    /// <summary>The metrics that the network predicts.</summary>
    /// <param name="code">The code of the data set.</param>
    /// <param name="configuration">A configuration of <see cref="Space"/>.</param>
    /// <param name="epochs">How long the network trains.</param>
    internal static MetricValues Predict(long code, Configuration configuration, double epochs)
    {
        var numbers = new float[1 + Columns.Length];
        numbers[0] = (float)epochs;
        for (var i = 0; i < Columns.Length; i++)
            numbers[i + 1] = (float)configuration.Numbers[i];
        var predicted = Network.Value.Evaluate([code], numbers);
        return new(Targets.Select((name, i) => KeyValuePair.Create(name, (double)predicted[i])).ToArray());
    }

    private static FunctionProblem Single(string instance) =>
        Make(
            $"lcbench/{instance}", "lcbench", instance, new Problem(Space(), [new(Accuracy, Direction.Maximize)], fidelities: [Epochs]), [],
            BestSeen.Of($"lcbench/{instance}"));

    private static FunctionProblem TwoObjectives(string instance, ObjectiveRange accuracy, ObjectiveRange time) => Make(
        $"lcbench_mo/{instance}", "lcbench_mo", instance,
        new Problem(Space(), [new(Accuracy, Direction.Maximize), new(Time)], fidelities: [Epochs]), [accuracy, time], null);

    private static FunctionProblem Make(
        string name, string group, string instance, Problem problem, ImmutableArray<ObjectiveRange> ranges, BestKnown? best) =>
        new(name, group, problem, (configuration, resource) => Predict(Codes.Value[instance], configuration, resource ?? Epochs.High))
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

    private static ImmutableDictionary<string, long> ReadCodes()
    {
        using var document = JsonDocument.Parse(Resources.Read(Folder + "encoding.json"));
        return document.RootElement.GetProperty("OpenML_task_id").EnumerateObject().ToImmutableDictionary(pair => pair.Name, pair => pair.Value.GetInt64());
    }
}
