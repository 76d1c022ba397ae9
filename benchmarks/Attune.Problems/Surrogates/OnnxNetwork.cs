using System.Runtime.Intrinsics;

namespace Attune.Problems;

/// <summary>
/// Evaluates a feed-forward network for one row of inputs, with the operations that tabular networks need. Sums have a fixed order, so
/// the same row gives the same bits on every machine, up to the platform's logarithm and exponential. Safe for several threads.
/// </summary>
/// <remarks>Every value is a row: dimensions of length one, which the format's broadcasting would need, are dropped.</remarks>
internal sealed class OnnxNetwork
{
    private readonly Step[] _steps;
    private readonly Value[] _constants;
    private readonly int _slots;
    private readonly int _output;

    /// <summary>Prepares a network.</summary>
    /// <param name="graph">The network; it takes a row of codes first and a row of numbers second.</param>
    /// <exception cref="InvalidDataException">It holds an operation that is not known here.</exception>
    internal OnnxNetwork(OnnxGraph graph)
    {
        var slots = new Dictionary<string, int>(StringComparer.Ordinal) { [graph.Inputs[0]] = 0, [graph.Inputs[1]] = 1 };
        var constants = new List<(int Slot, Value Value)>();
        foreach (var (name, tensor) in graph.Tensors)
            constants.Add((slots[name] = slots.Count, Value.Of(tensor)));
        var steps = new List<Step>();
        foreach (var node in graph.Nodes)
        {
            slots[node.Output] = slots.Count;
            if (node.Value is { } constant)
                constants.Add((slots[node.Output], Value.Of(constant)));
            else
                steps.Add(new(node, Known(node.Operation), [.. node.Inputs.Select(input => slots[input])], slots[node.Output]));
        }

        (_steps, _slots, _output) = ([.. steps], slots.Count, slots[graph.Output]);
        _constants = new Value[_slots];
        foreach (var (slot, value) in constants)
            _constants[slot] = value;
    }

    private delegate Value Operation(OnnxNode node, Value[] inputs);

    /// <summary>Evaluates one row.</summary>
    /// <param name="codes">The codes of the categories.</param>
    /// <param name="numbers">The continuous columns.</param>
    /// <returns>The first output.</returns>
    internal float[] Evaluate(long[] codes, float[] numbers)
    {
        var values = (Value[])_constants.Clone();
        (values[0], values[1]) = (new([], codes), new(numbers, []));
        foreach (var step in _steps)
            values[step.Output] = step.Operation(step.Node, [.. step.Inputs.Select(slot => values[slot])]);
        return values[_output].Singles;
    }

    private static Operation Known(string name) => name switch
    {
        "Add" => (_, x) => x[0].IsWhole ? Whole(x, (a, b) => a + b) : Real(x, (a, b) => a + b),
        "Sub" => (_, x) => Real(x, (a, b) => a - b),
        "Mul" => (_, x) => x[0].IsWhole ? Whole(x, (a, b) => a * b) : Real(x, (a, b) => a * b),
        "Div" => (_, x) => x[0].IsWhole ? Whole(x, (a, b) => a / b) : Real(x, (a, b) => a / b),
        "Log" => (_, x) => Each(x[0], MathF.Log),
        "Exp" => (_, x) => Each(x[0], MathF.Exp),
        "Relu" => (_, x) => Each(x[0], value => Math.Max(value, 0)),
        "Sigmoid" => (_, x) => Each(x[0], value => 1 / (1 + MathF.Exp(-value))),
        "Cast" or "Unsqueeze" => (_, x) => x[0],
        "Shape" => (_, x) => new([], [1, x[0].Singles.Length]),
        "Concat" => (_, x) => new([.. x.SelectMany(value => value.Singles)], []),
        "Slice" => (_, x) => new(x[0].Singles[(int)x[1].Integers[0]..(int)Math.Min(x[2].Integers[0], x[0].Singles.Length)], []),
        "Gather" => Gather,
        "Gemm" => Gemm,
        "BatchNormalization" => Normalize,
        _ => throw new InvalidDataException($"The operation '{name}' of the network is not known."),
    };

    // From a table of rows it takes a row; from a row it takes elements.
    private static Value Gather(OnnxNode node, Value[] x)
    {
        var (source, index) = (x[0], (int)x[1].Integers[0]);
        if (source.IsWhole)
            return new([], [source.Integers[index < 0 ? source.Integers.Length + index : index]]);
        if (source.Columns == 0)
            return new([source.Singles[index]], []);
        return new(source.Singles.AsSpan(index * source.Columns, source.Columns).ToArray(), []);
    }

    private static Value Gemm(OnnxNode node, Value[] x)
    {
        var (row, weights, bias) = (x[0].Singles, x[1], x[2].Singles);
        if (node.Numbers.GetValueOrDefault("transB") != 1 || weights.Columns != row.Length)
            throw new InvalidDataException($"A product of {row.Length} inputs with rows of {weights.Columns} weights is not known.");
        var result = new float[bias.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = bias[i] + Dot(row, weights.Singles.AsSpan(i * row.Length, row.Length));
        return new(result, []);
    }

    private static Value Normalize(OnnxNode node, Value[] x)
    {
        var epsilon = node.Singles.GetValueOrDefault("epsilon", 1e-5f);
        var (row, scale, shift, mean, variance) = (x[0].Singles, x[1].Singles, x[2].Singles, x[3].Singles, x[4].Singles);
        var result = new float[row.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (scale[i] * ((row[i] - mean[i]) / MathF.Sqrt(variance[i] + epsilon))) + shift[i];
        return new(result, []);
    }

    // Eight sums side by side, product and sum rounded apart: the same on processors with and without wide registers.
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i + 8 <= left.Length; i += 8)
            sums += Vector256.Create(left[i..]) * Vector256.Create(right[i..]);
        var sum = Vector256.Sum(sums);
        for (; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static Value Each(Value x, Func<float, float> map) => new(Array.ConvertAll(x.Singles, value => map(value)), []);

    private static Value Real(Value[] x, Func<float, float, float> combine)
    {
        var (left, right) = (x[0].Singles, x[1].Singles);
        var result = new float[left.Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = combine(left[i], right.Length == 1 ? right[0] : right[i]);
        return new(result, []);
    }

    private static Value Whole(Value[] x, Func<long, long, long> combine) => new([], [combine(x[0].Integers[0], x[1].Integers[0])]);

    private sealed record Step(OnnxNode Node, Operation Operation, int[] Inputs, int Output);

    /// <summary>A row of numbers, or a table of weights with <see cref="Columns"/> numbers a row.</summary>
    private readonly record struct Value(float[] Singles, long[] Integers, int Columns = 0)
    {
        internal bool IsWhole => Integers.Length > 0;

        internal static Value Of(OnnxTensor tensor) => new(tensor.Singles, tensor.Integers, tensor.Dimensions.Length == 2 ? tensor.Dimensions[1] : 0);
    }
}
