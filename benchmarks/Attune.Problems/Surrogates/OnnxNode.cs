using System.Collections.Immutable;

namespace Attune.Problems;

/// <summary>One operation of a network.</summary>
/// <param name="Operation">Its name in the format, such as <c>Gemm</c>.</param>
/// <param name="Inputs">The names of what it takes.</param>
/// <param name="Output">The name of what it gives.</param>
/// <param name="Numbers">Attributes that are whole numbers.</param>
/// <param name="Singles">Attributes that are real numbers.</param>
/// <param name="Value">The tensor of a constant; null for other operations.</param>
internal sealed record OnnxNode(
    string Operation, ImmutableArray<string> Inputs, string Output, IReadOnlyDictionary<string, long> Numbers,
    IReadOnlyDictionary<string, float> Singles, OnnxTensor? Value);
