using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Attune.Problems.Lcbench;

/// <summary>The network that answers in place of training. Safe for several threads; each prediction runs on its caller's thread
/// alone.</summary>
internal sealed class LcbenchNetwork : IDisposable
{
    // In the order of the network's outputs.
    private static readonly string[] Targets =
        ["time", "val_accuracy", "val_cross_entropy", "val_balanced_accuracy", "test_cross_entropy", "test_balanced_accuracy"];

    private readonly InferenceSession _session;
    private readonly ImmutableDictionary<string, int> _codes;

    internal LcbenchNetwork()
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new(Read("model.onnx"), options);
        using var encoding = JsonDocument.Parse(Read("encoding.json"));
        _codes = encoding.RootElement.GetProperty("OpenML_task_id").EnumerateObject()
            .ToImmutableDictionary(pair => pair.Name, pair => pair.Value.GetInt32());
    }

    /// <summary>The metrics of a training.</summary>
    /// <param name="instance">The OpenML task.</param>
    /// <param name="epochs">How long it trains.</param>
    /// <param name="hyperparameters">The seven hyperparameters in the order of the space, which is that of the network's columns.</param>
    internal MetricValues Predict(string instance, double epochs, ReadOnlySpan<double> hyperparameters)
    {
        var numbers = new float[1 + hyperparameters.Length];
        numbers[0] = (float)epochs;
        for (var i = 0; i < hyperparameters.Length; i++)
            numbers[i + 1] = (float)hyperparameters[i];
        using var code = OrtValue.CreateTensorValueFromMemory(new[] { _codes[instance] }, [1, 1]);
        using var row = OrtValue.CreateTensorValueFromMemory(numbers, [1, numbers.Length]);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, _session.InputNames, [code, row], _session.OutputNames);
        var predicted = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        return new(Targets.Select((name, i) => KeyValuePair.Create(name, (double)predicted[i])).ToArray());
    }

    public void Dispose() => _session.Dispose();

    private static byte[] Read(string name)
    {
        using var stream = typeof(LcbenchNetwork).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The file '{name}' is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
