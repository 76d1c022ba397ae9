using System.Numerics.Tensors;

namespace Attune.Numerics;

/// <content>Checks, evaluation, and the search along the line to the target.</content>
public sealed partial class BoundedMinimizer
{
    private const double LargestStep = 1e10;

    private bool _anyBound;
    private bool _allBounded;

    /// <summary>
    /// Looks along the line from the point through the target for a step that satisfies the strong Wolfe conditions, and leaves it in the
    /// accepted fields; failing that, the lowest point it saw.
    /// </summary>
    /// <returns>Whether there is such a step (near the resolution of the value it may gain nothing but a smaller slope) or a lower
    /// point.</returns>
    private bool Search(ReadOnlySpan<double> point, double value, double slope, int iteration)
    {
        // Before there is any curvature, the length of the first step is unknown; one unit of distance is a guess without scale.
        double maxStep = !_anyBound ? LargestStep : iteration == 0 ? 1 : LargestFeasibleStep(point);
        double firstStep = iteration == 0 && !_allBounded ? Math.Min(1 / TensorPrimitives.Norm<double>(_direction), maxStep) : 1;
        var search = new StrongWolfeSearch(value, slope, firstStep, maxStep);
        _acceptedValue = value;
        bool moved = false;
        for (int evaluation = 0; evaluation < MaxSearchEvaluations && _evaluations < _options.MaxEvaluations; evaluation++)
        {
            double step = search.Step;
            for (int i = 0; i < _n; i++)
                _trial[i] = step == 1 ? _target[i] : Math.Clamp(point[i] + step * _direction[i], _lower[i], _upper[i]);

            double trialValue = Evaluate(_trial, _trialGradient);
            if (!double.IsFinite(trialValue) || !AllFinite(_trialGradient))
            {
                search.BackOff();
                continue;
            }

            StrongWolfeSearch.Outcome outcome = search.Advance(trialValue, TensorPrimitives.Dot<double>(_trialGradient, _direction));
            if (outcome == StrongWolfeSearch.Outcome.Found || trialValue < _acceptedValue)
            {
                moved = true;
                _acceptedValue = trialValue;
                _trial.CopyTo(_accepted, 0);
                _trialGradient.CopyTo(_acceptedGradient, 0);
            }

            if (outcome != StrongWolfeSearch.Outcome.Continue)
                break;
        }

        return moved;
    }

    private double LargestFeasibleStep(ReadOnlySpan<double> point)
    {
        double largest = LargestStep;
        for (int i = 0; i < _n; i++)
        {
            if (_direction[i] > 0)
                largest = Math.Min(largest, (_upper[i] - point[i]) / _direction[i]);
            else if (_direction[i] < 0)
                largest = Math.Min(largest, (_lower[i] - point[i]) / _direction[i]);
        }

        // The target is feasible, whatever rounding says.
        return Math.Max(largest, 1);
    }

    private double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        _evaluations++;
        return _function!(point, gradient);
    }

    private double ProjectedGradientNorm(ReadOnlySpan<double> point)
    {
        double norm = 0;
        for (int i = 0; i < _n; i++)
            norm = Math.Max(norm, Math.Abs(Math.Clamp(point[i] - _gradient[i], _lower[i], _upper[i]) - point[i]));
        return norm;
    }

    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return false;
        }

        return true;
    }

    private void TakeIn(Span<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        CheckLength(point.Length, nameof(point));
        CheckLength(lower.Length, nameof(lower));
        CheckLength(upper.Length, nameof(upper));
        _anyBound = false;
        _allBounded = true;
        for (int i = 0; i < _n; i++)
        {
            if (!(lower[i] <= upper[i]) || double.IsPositiveInfinity(lower[i]) || double.IsNegativeInfinity(upper[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Variable {i} has the bounds {lower[i]} and {upper[i]}; the lower must not exceed the upper."),
                    nameof(lower));
            }

            if (!double.IsFinite(point[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Variable {i} starts at {point[i]}; every start must be finite."), nameof(point));
            }

            point[i] = Math.Clamp(point[i], lower[i], upper[i]);
            _anyBound |= double.IsFinite(lower[i]) || double.IsFinite(upper[i]);
            _allBounded &= double.IsFinite(lower[i]) && double.IsFinite(upper[i]);
        }

        lower.CopyTo(_lower);
        upper.CopyTo(_upper);
    }

    private void CheckLength(int length, string name)
    {
        if (length != _n)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The span has {length} elements; it must have {_n}, one a variable."), name);
        }
    }
}
