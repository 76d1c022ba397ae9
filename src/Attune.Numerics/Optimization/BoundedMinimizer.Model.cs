using System.Numerics.Tensors;

namespace Attune.Numerics;

/// <content>The minimiser of the quadratic model within the bounds: Cauchy point, then the free variables.</content>
public sealed partial class BoundedMinimizer
{
    private readonly double[] _breakpoints;
    private readonly int[] _order;
    private readonly bool[] _free;
    private readonly double[] _reduced;
    private readonly double[] _columns;

    private Span<double> Columns(int slot) => _columns.AsSpan(slot * 2 * _options.Memory, 2 * _matrix.Count);

    private void ComputeTarget(ReadOnlySpan<double> point)
    {
        Span<double> displacement = Columns(0);
        ComputeCauchyPoint(point, displacement);
        if (_matrix.Count > 0)
            MinimizeOverFreeVariables(point, displacement);
    }

    // Byrd, Lu, Nocedal and Zhu (1995), algorithm CP: the first local minimiser of the model along the projected steepest descent path,
    // followed from breakpoint to breakpoint. Their c is the displacement, Wᵀ(x_cp - x).
    private void ComputeCauchyPoint(ReadOnlySpan<double> point, Span<double> displacement)
    {
        Span<double> p = Columns(1), row = Columns(2), product = Columns(3);
        double theta = _matrix.Theta;
        int count = FindBreakpoints(point);
        displacement.Clear();
        _matrix.MultiplyTransposed(_direction, p);
        p.CopyTo(product);
        _matrix.MultiplyMiddle(product);
        double slope = -TensorPrimitives.Dot<double>(_direction, _direction);
        double startCurvature = -theta * slope;
        double curvature = startCurvature - TensorPrimitives.Dot<double>(p, product);
        double time = 0;
        int next = 0;
        for (; next < count && -slope / curvature >= _breakpoints[next] - time; next++)
        {
            int b = _order[next];
            double interval = _breakpoints[next] - time, gradient = _gradient[b];
            time = _breakpoints[next];
            _target[b] = gradient < 0 ? _upper[b] : _lower[b];
            TensorPrimitives.MultiplyAdd(p, interval, displacement, displacement);
            _matrix.Row(b, row);
            row.CopyTo(product);
            _matrix.MultiplyMiddle(product);
            slope += interval * curvature + gradient * gradient + theta * gradient * (_target[b] - point[b])
                - gradient * TensorPrimitives.Dot<double>(product, displacement);
            curvature += -theta * gradient * gradient - 2 * gradient * TensorPrimitives.Dot<double>(product, p)
                - gradient * gradient * TensorPrimitives.Dot<double>(product, row);
            curvature = Math.Max(curvature, 2.2e-16 * startCurvature);
            TensorPrimitives.MultiplyAdd(row, gradient, p, p);
            _direction[b] = 0;
        }

        double last = Math.Max(-slope / curvature, 0);
        if (slope == 0 || next == count && TensorPrimitives.Dot<double>(_direction, _direction) == 0)
            last = 0;
        time += last;
        TensorPrimitives.MultiplyAdd(p, last, displacement, displacement);
        for (int i = 0; i < _n; i++)
        {
            if (_direction[i] != 0)
                _target[i] = Math.Clamp(point[i] + time * _direction[i], _lower[i], _upper[i]);
        }
    }

    /// <summary>Sets the direction of steepest descent, zero where a bound forbids it, and sorts the times at which it meets
    /// bounds.</summary>
    private int FindBreakpoints(ReadOnlySpan<double> point)
    {
        int count = 0;
        for (int i = 0; i < _n; i++)
        {
            double gradient = _gradient[i];
            _target[i] = point[i];
            double time = gradient < 0 ? (point[i] - _upper[i]) / gradient
                : gradient > 0 ? (point[i] - _lower[i]) / gradient
                : double.PositiveInfinity;
            _direction[i] = time > 0 ? -gradient : 0;
            if (time > 0 && double.IsFinite(time))
            {
                _breakpoints[count] = time;
                _order[count++] = i;
            }
        }

        _breakpoints.AsSpan(0, count).Sort(_order.AsSpan(0, count));
        return count;
    }

    // The direct primal method of the 1995 paper, section 5.1, equations 5.4 to 5.11, then the projection of Morales and Nocedal (2011).
    private void MinimizeOverFreeVariables(ReadOnlySpan<double> point, ReadOnlySpan<double> displacement)
    {
        Span<double> product = Columns(3), v = Columns(1), row = Columns(2);
        double theta = _matrix.Theta;
        bool any = false;
        for (int i = 0; i < _n; i++)
        {
            _free[i] = _target[i] > _lower[i] && _target[i] < _upper[i];
            any |= _free[i];
            _reduced[i] = _gradient[i] + theta * (_target[i] - point[i]);
        }

        if (!any)
            return;

        displacement.CopyTo(product);
        _matrix.MultiplyMiddle(product);
        _matrix.AddProduct(-1, product, _reduced);
        for (int i = 0; i < _n; i++)
        {
            if (!_free[i])
                _reduced[i] = 0;
        }

        _matrix.MultiplyTransposed(_reduced, v);
        if (!_matrix.TrySolveSubspace(_free, v, row))
            return;

        TensorPrimitives.Multiply(_reduced, theta, _reduced);
        _matrix.AddProduct(1, v, _reduced);
        TensorPrimitives.Multiply(_reduced, -1 / (theta * theta), _reduced);

        double slope = 0;
        for (int i = 0; i < _n; i++)
        {
            _trial[i] = _free[i] ? Math.Clamp(_target[i] + _reduced[i], _lower[i], _upper[i]) : _target[i];
            slope += (_trial[i] - point[i]) * _gradient[i];
        }

        if (slope < 0)
        {
            _trial.CopyTo(_target, 0);
            return;
        }

        // The projection points uphill: stop at the first bound on the way instead.
        double step = 1;
        for (int i = 0; i < _n; i++)
        {
            if (_free[i] && _reduced[i] != 0)
                step = Math.Min(step, ((_reduced[i] > 0 ? _upper[i] : _lower[i]) - _target[i]) / _reduced[i]);
        }

        for (int i = 0; i < _n; i++)
        {
            if (_free[i])
                _target[i] = Math.Clamp(_target[i] + step * _reduced[i], _lower[i], _upper[i]);
        }
    }
}
