using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Attune.Problems;

/// <summary>The graph of a neural network as the Open Neural Network Exchange format stores it: nodes in order of evaluation, and tensors.</summary>
/// <param name="Nodes">The nodes, each after those that it takes its inputs from.</param>
/// <param name="Tensors">The stored weights by name.</param>
/// <param name="Inputs">The names of the inputs.</param>
/// <param name="Output">The name of the first output.</param>
internal sealed record OnnxGraph(
    ImmutableArray<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Tensors, ImmutableArray<string> Inputs, string Output)
{
    // Field numbers and element types of onnx.proto3, version 8 of the format.
    private const int ModelGraph = 7, GraphNode = 1, GraphInitializer = 5, GraphInput = 11, GraphOutput = 12;
    private const int FloatType = 1, Int64Type = 7;

    /// <summary>Reads a model.</summary>
    /// <param name="model">The bytes of an <c>.onnx</c> file.</param>
    /// <exception cref="InvalidDataException">The bytes are no model, or hold tensors of other types than float and int64.</exception>
    internal static OnnxGraph Read(ReadOnlySpan<byte> model)
    {
        var message = new ProtocolBuffer(model);
        while (message.Next())
        {
            if (message.Field == ModelGraph)
                return ReadGraph(message.Bytes);
        }

        throw new InvalidDataException("The model holds no graph.");
    }

    private static OnnxGraph ReadGraph(ReadOnlySpan<byte> data)
    {
        var (nodes, inputs) = (ImmutableArray.CreateBuilder<OnnxNode>(), ImmutableArray.CreateBuilder<string>());
        var tensors = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var output = "";
        var message = new ProtocolBuffer(data);
        while (message.Next())
        {
            switch (message.Field)
            {
                case GraphNode:
                    nodes.Add(ReadNode(message.Bytes));
                    break;
                case GraphInitializer:
                    var (name, tensor) = ReadTensor(message.Bytes);
                    tensors[name] = tensor;
                    break;
                case GraphInput:
                    inputs.Add(ReadText(message.Bytes, 1));
                    break;
                case GraphOutput when output.Length == 0:
                    output = ReadText(message.Bytes, 1);
                    break;
            }
        }

        return new(nodes.ToImmutable(), tensors, inputs.ToImmutable(), output);
    }

    private static OnnxNode ReadNode(ReadOnlySpan<byte> data)
    {
        var (inputs, operation, result) = (ImmutableArray.CreateBuilder<string>(), "", "");
        var (numbers, singles) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, float>(StringComparer.Ordinal));
        OnnxTensor? value = null;
        var message = new ProtocolBuffer(data);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    inputs.Add(Encoding.UTF8.GetString(message.Bytes));
                    break;
                case 2:
                    result = Encoding.UTF8.GetString(message.Bytes);
                    break;
                case 4:
                    operation = Encoding.UTF8.GetString(message.Bytes);
                    break;
                case 5:
                    var name = ReadText(message.Bytes, 1);
                    var attribute = new ProtocolBuffer(message.Bytes);
                    while (attribute.Next())
                    {
                        if (attribute.Field == 2)
                            singles[name] = attribute.Single;
                        else if (attribute.Field == 3)
                            numbers[name] = attribute.Number;
                        else if (attribute.Field == 5)
                            value = ReadTensor(attribute.Bytes).Tensor;
                    }

                    break;
            }
        }

        return new(operation, inputs.ToImmutable(), result, numbers, singles, value);
    }

    private static (string Name, OnnxTensor Tensor) ReadTensor(ReadOnlySpan<byte> data)
    {
        var (dimensions, type, name) = (new List<int>(), 0L, "");
        ReadOnlySpan<byte> raw = [];
        var message = new ProtocolBuffer(data);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    dimensions.Add(checked((int)message.Number));
                    break;
                case 2:
                    type = message.Number;
                    break;
                case 8:
                    name = Encoding.UTF8.GetString(message.Bytes);
                    break;
                case 9:
                    raw = message.Bytes;
                    break;
            }
        }

        // Stored little-endian, as every platform of .NET is.
        return type switch
        {
            FloatType => (name, new([.. dimensions], MemoryMarshal.Cast<byte, float>(raw).ToArray(), [])),
            Int64Type => (name, new([.. dimensions], [], MemoryMarshal.Cast<byte, long>(raw).ToArray())),
            _ => throw new InvalidDataException($"The tensor '{name}' has elements of type {type}; float (1) and int64 (7) can be read."),
        };
    }

    private static string ReadText(ReadOnlySpan<byte> data, int field)
    {
        var message = new ProtocolBuffer(data);
        while (message.Next())
        {
            if (message.Field == field)
                return Encoding.UTF8.GetString(message.Bytes);
        }

        return "";
    }
}
