using System.Numerics.Tensors;
using Attune.Numerics;
using Digits.Model;

namespace Attune.Experiments;

/// <summary>
/// Trains a network with one hidden layer of rectified linear units by stochastic gradient descent on the cross-entropy, on one thread:
/// the same settings and seed give the same scores.
/// </summary>
internal sealed class NetworkTraining
{
    private const int Passes = 15;
    private const float LeastProbability = 1e-6f;

    private readonly NetworkSettings _settings;
    private readonly DenseLayer _first;
    private readonly DenseLayer _second;
    private readonly float[] _hidden;
    private readonly float[] _hiddenErrors;
    private readonly float[] _scores = new float[DigitImage.ClassCount];
    private RandomStream _stream;

    private NetworkTraining(NetworkSettings settings, ulong seed)
    {
        _settings = settings;
        _stream = RandomKey.FromSeed(seed).Derive(RandomKey.Purpose("network")).CreateStream();

        // K. He, X. Zhang, S. Ren, J. Sun, ICCV 2015, equation 10: variance 2 over the number of inputs.
        _first = new(DigitImage.PixelCount, settings.Hidden, Deviation(DigitImage.PixelCount), ref _stream);
        _second = new(settings.Hidden, DigitImage.ClassCount, Deviation(settings.Hidden), ref _stream);
        (_hidden, _hiddenErrors) = (new float[settings.Hidden], new float[settings.Hidden]);

        float Deviation(int inputs) => settings.InitialScale * MathF.Sqrt(2f / inputs);
    }

    /// <summary>Trains on the training images, and measures on the others.</summary>
    internal static TrainingScores Run(NetworkSettings settings, DigitsData data, ulong seed)
    {
        var network = new NetworkTraining(settings, seed);
        var order = Enumerable.Range(0, data.Training.Count).ToArray();
        var rate = settings.LearningRate;
        for (var pass = 0; pass < Passes; pass++, rate *= settings.Decay)
            network.Pass(data.Training, order, rate);
        var (test, error) = network.Measure(data.Test);
        return new(network.Measure(data.Validation).Loss, test, error);
    }

    private void Pass(IReadOnlyList<DigitImage> images, int[] order, float rate)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = _stream.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        for (var first = 0; first < order.Length; first += _settings.BatchSize)
        {
            var end = Math.Min(order.Length, first + _settings.BatchSize);
            for (var i = first; i < end; i++)
                Learn(images[order[i]]);
            _first.Step(end - first, rate, _settings.Momentum, _settings.WeightDecay);
            _second.Step(end - first, rate, _settings.Momentum, _settings.WeightDecay);
        }
    }

    private void Learn(DigitImage image)
    {
        _first.Forward(image.Features, _hidden);
        var kept = 1 - _settings.Dropout;
        for (var i = 0; i < _hidden.Length; i++)
            _hidden[i] = _hidden[i] > 0 && _stream.NextDouble() < kept ? _hidden[i] / kept : 0;
        Classify();
        _scores[image.Label] -= 1;
        _second.Backward(_hidden, _scores, _hiddenErrors);
        for (var i = 0; i < _hidden.Length; i++)
            _hiddenErrors[i] = _hidden[i] > 0 ? _hiddenErrors[i] / kept : 0;
        _first.Backward(image.Features, _hiddenErrors, []);
    }

    /// <summary>Probabilities from the hidden layer.</summary>
    private void Classify()
    {
        _second.Forward(_hidden, _scores);
        TensorPrimitives.SoftMax(_scores, _scores);
    }

    private (double Loss, double Error) Measure(IReadOnlyList<DigitImage> images)
    {
        var (loss, wrong) = (0.0, 0);
        foreach (var image in images)
        {
            _first.Forward(image.Features, _hidden);
            TensorPrimitives.Max(_hidden, 0, _hidden);
            Classify();
            var probability = _scores[image.Label];

            // Training that diverged leaves numbers that are none.
            loss -= Math.Log(probability > LeastProbability ? probability : LeastProbability);
            if (!(probability >= TensorPrimitives.Max<float>(_scores)))
                wrong++;
        }

        return (loss / images.Count, (double)wrong / images.Count);
    }
}
