using System.Numerics.Tensors;
using Attune.Numerics;

namespace Attune.Experiments;

/// <summary>A layer y = Wx + b, trained by stochastic gradient descent with momentum and weight decay.</summary>
internal sealed class DenseLayer
{
    private readonly int _inputs;
    private readonly float[] _weights;
    private readonly float[] _slopes;
    private readonly float[] _steps;

    /// <summary>Makes a layer.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="deviation">The deviation of the first weights; biases begin at 0.</param>
    /// <param name="stream">Randomness.</param>
    internal DenseLayer(int inputs, int outputs, float deviation, ref RandomStream stream)
    {
        _inputs = inputs;

        // A row of weights for each output, then the biases.
        _weights = new float[(inputs + 1) * outputs];
        (_slopes, _steps) = (new float[_weights.Length], new float[_weights.Length]);
        for (var i = 0; i < inputs * outputs; i++)
            _weights[i] = deviation * (float)stream.NextNormal();
    }

    internal void Forward(ReadOnlySpan<float> input, Span<float> output)
    {
        for (var j = 0; j < output.Length; j++)
            output[j] = TensorPrimitives.Dot(_weights.AsSpan(j * _inputs, _inputs), input) + _weights[(_inputs * output.Length) + j];
    }

    /// <summary>Adds to the gradient by the weights; gives that by the input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="errors">The gradient by the output.</param>
    /// <param name="inputErrors">Receives the gradient by the input; empty when nobody asks.</param>
    internal void Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> errors, Span<float> inputErrors)
    {
        inputErrors.Clear();
        for (var j = 0; j < errors.Length; j++)
        {
            var slopes = _slopes.AsSpan(j * _inputs, _inputs);
            TensorPrimitives.MultiplyAdd(input, errors[j], slopes, slopes);
            _slopes[(_inputs * errors.Length) + j] += errors[j];
            if (!inputErrors.IsEmpty)
                TensorPrimitives.MultiplyAdd(_weights.AsSpan(j * _inputs, _inputs), errors[j], inputErrors, inputErrors);
        }
    }

    /// <summary>Takes a step down the mean gradient of a batch, and forgets the gradient.</summary>
    internal void Step(int batch, float rate, float momentum, float decay)
    {
        // v ← μv − η(g + λw), w ← w + v.
        TensorPrimitives.Multiply(_steps, momentum, _steps);
        TensorPrimitives.MultiplyAdd(_slopes, -rate / batch, _steps, _steps);
        TensorPrimitives.MultiplyAdd(_weights, -rate * decay, _steps, _steps);
        TensorPrimitives.Add(_weights, _steps, _weights);
        Array.Clear(_slopes);
    }
}
