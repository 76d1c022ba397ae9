using System.Numerics.Tensors;

namespace Attune.Numerics;

/// <summary>The limited-memory BFGS approximation B = θI - WMWᵀ of a Hessian, in compact form.</summary>
/// <remarks>
/// R. Byrd, J. Nocedal, R. Schnabel, "Representations of quasi-Newton matrices and their use in limited memory methods", 1994, equation
/// 3.5: W = [Y θS], M⁻¹ = [-D Lᵀ; L θSᵀS], with the steps s and the gradient differences y as columns of S and Y, D and L the diagonal and
/// the strictly lower triangle of SᵀY. Vectors of length n are in variables, those of length 2·<see cref="Count"/> in W's columns.
/// </remarks>
internal sealed class LimitedMemoryMatrix
{
    private readonly int _n;
    private readonly int _memory;
    private readonly double[] _s;
    private readonly double[] _y;
    private readonly double[] _sy;
    private readonly double[] _ss;
    private readonly double[] _inverseMiddle;
    private readonly double[] _middleFactors;
    private readonly double[] _subspaceFactors;
    private readonly int[] _middlePivots;
    private readonly int[] _subspacePivots;

    internal LimitedMemoryMatrix(int dimensions, int memory)
    {
        _n = dimensions;
        _memory = memory;
        _s = new double[memory * dimensions];
        _y = new double[memory * dimensions];
        _sy = new double[memory * memory];
        _ss = new double[memory * memory];
        _inverseMiddle = new double[4 * memory * memory];
        _middleFactors = new double[4 * memory * memory];
        _subspaceFactors = new double[4 * memory * memory];
        _middlePivots = new int[2 * memory];
        _subspacePivots = new int[2 * memory];
    }

    /// <summary>The number of steps remembered.</summary>
    internal int Count { get; private set; }

    /// <summary>The scale θ of the matrix before corrections.</summary>
    internal double Theta { get; private set; } = 1;

    internal void Reset()
    {
        Count = 0;
        Theta = 1;
    }

    /// <summary>Takes in a step; one whose curvature is not clearly positive is left out, so that B stays positive definite.</summary>
    internal void Update(ReadOnlySpan<double> step, ReadOnlySpan<double> gradientDifference)
    {
        double curvature = TensorPrimitives.Dot(step, gradientDifference);
        double square = TensorPrimitives.Dot(gradientDifference, gradientDifference);
        if (!(curvature > double.Epsilon && curvature > 2.2e-16 * square) || !double.IsFinite(square))
            return;

        if (Count == _memory)
            Forget();
        int last = Count++;
        step.CopyTo(_s.AsSpan(last * _n));
        gradientDifference.CopyTo(_y.AsSpan(last * _n));
        for (int i = 0; i <= last; i++)
        {
            _sy[last * _memory + i] = TensorPrimitives.Dot(step, Y(i));
            _sy[i * _memory + last] = TensorPrimitives.Dot(S(i), gradientDifference);
            _ss[last * _memory + i] = _ss[i * _memory + last] = TensorPrimitives.Dot(step, S(i));
        }

        Theta = square / curvature;
        BuildMiddle();
        int order = 2 * Count;
        _inverseMiddle.AsSpan(0, order * order).CopyTo(_middleFactors);
        if (!SmallLinearSolver.TryFactorize(_middleFactors, order, _middlePivots))
            Reset();
    }

    /// <summary>result = Wᵀv.</summary>
    internal void MultiplyTransposed(ReadOnlySpan<double> v, Span<double> result)
    {
        for (int i = 0; i < Count; i++)
        {
            result[i] = TensorPrimitives.Dot(Y(i), v);
            result[Count + i] = Theta * TensorPrimitives.Dot(S(i), v);
        }
    }

    /// <summary>result = the row of W that belongs to a variable.</summary>
    internal void Row(int variable, Span<double> result)
    {
        for (int i = 0; i < Count; i++)
        {
            result[i] = _y[i * _n + variable];
            result[Count + i] = Theta * _s[i * _n + variable];
        }
    }

    /// <summary>result += factor · Wq.</summary>
    internal void AddProduct(double factor, ReadOnlySpan<double> q, Span<double> result)
    {
        for (int i = 0; i < Count; i++)
        {
            TensorPrimitives.MultiplyAdd(Y(i), factor * q[i], result, result);
            TensorPrimitives.MultiplyAdd(S(i), factor * Theta * q[Count + i], result, result);
        }
    }

    /// <summary>p ← Mp.</summary>
    internal void MultiplyMiddle(Span<double> p) => SmallLinearSolver.Solve(_middleFactors, 2 * Count, _middlePivots, p);

    /// <summary>p ← (M⁻¹ - WᵀZZᵀW/θ)⁻¹p, where Z picks the free variables.</summary>
    /// <param name="free">Which variables are free.</param>
    /// <param name="p">The vector, in place.</param>
    /// <param name="row">Scratch of the length of <paramref name="p"/>.</param>
    /// <returns>Whether the matrix is regular.</returns>
    internal bool TrySolveSubspace(ReadOnlySpan<bool> free, Span<double> p, Span<double> row)
    {
        int order = 2 * Count;
        Span<double> matrix = _subspaceFactors.AsSpan(0, order * order);
        _inverseMiddle.AsSpan(0, order * order).CopyTo(matrix);
        for (int variable = 0; variable < _n; variable++)
        {
            if (!free[variable])
                continue;

            Row(variable, row);
            for (int i = 0; i < order; i++)
            {
                Span<double> target = matrix.Slice(i * order, order);
                TensorPrimitives.MultiplyAdd(row[..order], -row[i] / Theta, target, target);
            }
        }

        if (!SmallLinearSolver.TryFactorize(matrix, order, _subspacePivots))
            return false;

        SmallLinearSolver.Solve(matrix, order, _subspacePivots, p);
        return true;
    }

    private ReadOnlySpan<double> S(int i) => _s.AsSpan(i * _n, _n);

    private ReadOnlySpan<double> Y(int i) => _y.AsSpan(i * _n, _n);

    private void Forget()
    {
        _s.AsSpan(_n).CopyTo(_s);
        _y.AsSpan(_n).CopyTo(_y);
        for (int i = 1; i < _memory; i++)
        {
            for (int j = 1; j < _memory; j++)
            {
                _sy[(i - 1) * _memory + j - 1] = _sy[i * _memory + j];
                _ss[(i - 1) * _memory + j - 1] = _ss[i * _memory + j];
            }
        }

        Count--;
    }

    private void BuildMiddle()
    {
        int order = 2 * Count;
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                double lower = i > j ? _sy[i * _memory + j] : 0;
                _inverseMiddle[i * order + j] = i == j ? -_sy[i * _memory + i] : 0;
                _inverseMiddle[(Count + i) * order + j] = lower;
                _inverseMiddle[j * order + Count + i] = lower;
                _inverseMiddle[(Count + i) * order + Count + j] = Theta * _ss[i * _memory + j];
            }
        }
    }
}
