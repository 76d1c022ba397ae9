using System.Numerics;
using Attune.Numerics;

namespace Attune.Algorithms.Surrogates;

/// <summary>A function drawn from a Gaussian process before it has seen data, approximately, as a sum of waves.</summary>
/// <remarks>
/// A. Rahimi, B. Recht, "Random features for large-scale kernel machines", NIPS 2007: f(x) = Σ_l a_l cos(ω_l·x) + b_l sin(ω_l·x), with a_l,
/// b_l normal of variance σ²/L and ω_l drawn from the kernel's spectral density. That of the squared exponential is normal with deviation
/// 1/ℓ; that of Matérn 5/2 is Student's t with 5 degrees of freedom, one draw for all columns of a component (C. E. Rasmussen, C. K. I.
/// Williams, Gaussian Processes for Machine Learning, 2006, equation 4.15). The joint part of <see cref="Kernel"/> is one component,
/// the additive part one for each parameter.
/// </remarks>
internal sealed class PriorSample
{
    private const int JointWaves = 512;
    private const int AdditiveWaves = 128;
    private const int DegreesOfFreedom = 5;

    private readonly List<Component> _components = [];

    internal PriorSample(KernelFeatures map, Smoothness smoothness, Hyperparameters parameters, ref RandomStream stream)
    {
        _components.Add(new(map, smoothness, parameters.Lengths, parameters.Signal, 0, map.Columns, JointWaves, ref stream));
        if (!parameters.IsAdditive)
            return;
        var share = parameters.AdditiveSignal / map.Space.Dimensions;
        for (var first = 0; first < map.Columns;)
        {
            var end = first;
            while (end < map.Columns && map.Components[map.Groups[end]] == map.Components[map.Groups[first]])
                end++;
            _components.Add(new(map, smoothness, parameters.AdditiveLengths, share, first, end, AdditiveWaves, ref stream));
            first = end;
        }
    }

    /// <summary>The function at a point.</summary>
    internal double Evaluate(ReadOnlySpan<double> features)
    {
        var sum = 0.0;
        foreach (var component in _components)
            sum += component.Evaluate(features, []);
        return sum;
    }

    /// <summary>The function at a point, and its derivatives by all features.</summary>
    /// <param name="features">The features of the point.</param>
    /// <param name="gradient">Receives a derivative for each feature.</param>
    internal double Evaluate(ReadOnlySpan<double> features, Span<double> gradient)
    {
        gradient.Clear();
        var sum = 0.0;
        foreach (var component in _components)
            sum += component.Evaluate(features, gradient);
        return sum;
    }

    private sealed class Component
    {
        private readonly int _first;
        private readonly int _width;
        private readonly double[] _frequencies;
        private readonly double[] _cosines;
        private readonly double[] _sines;

        internal Component(
            KernelFeatures map, Smoothness smoothness, double[] lengths, double variance, int first, int end, int waves,
            ref RandomStream stream)
        {
            (_first, _width) = (first, end - first);
            // Column by column, so that all waves are worked on side by side.
            _frequencies = new double[waves * _width];
            (_cosines, _sines) = (new double[waves], new double[waves]);
            var amplitude = Math.Sqrt(variance / waves);
            for (var l = 0; l < waves; l++)
            {
                var widening = 1.0;
                if (smoothness == Smoothness.Matern52)
                {
                    var square = 0.0;
                    for (var k = 0; k < DegreesOfFreedom; k++)
                        square += Math.Pow(stream.NextNormal(), 2);
                    widening = Math.Sqrt(DegreesOfFreedom / square);
                }

                for (var c = 0; c < _width; c++)
                    _frequencies[(c * waves) + l] = widening * stream.NextNormal() / lengths[map.Groups[first + c]];
                (_cosines[l], _sines[l]) = (amplitude * stream.NextNormal(), amplitude * stream.NextNormal());
            }
        }

        /// <summary>The value; adds to the gradient, if that is not empty.</summary>
        internal double Evaluate(ReadOnlySpan<double> features, Span<double> gradient)
        {
            var waves = _cosines.Length;
            Span<double> phases = stackalloc double[waves], slopes = stackalloc double[waves];
            phases.Clear();
            for (var c = 0; c < _width; c++)
                VectorMath.AddScaled(_frequencies.AsSpan(c * waves, waves), features[_first + c], phases);
            var sums = Vector<double>.Zero;
            for (var l = 0; l < waves; l += Vector<double>.Count)
            {
                var (sine, cosine) = Vector.SinCos(new Vector<double>(phases[l..]));
                var (byCosine, bySine) = (new Vector<double>(_cosines, l), new Vector<double>(_sines, l));
                sums += (byCosine * cosine) + (bySine * sine);
                ((bySine * cosine) - (byCosine * sine)).CopyTo(slopes[l..]);
            }

            for (var c = 0; c < _width && !gradient.IsEmpty; c++)
                gradient[_first + c] += VectorMath.Dot(_frequencies.AsSpan(c * waves, waves), slopes);
            return Vector.Sum(sums);
        }
    }
}
