using System.Numerics.Tensors;

namespace Attune.Numerics;

/// <summary>
/// Minimises a smooth function of several variables between bounds by the limited-memory quasi-Newton method L-BFGS-B. An instance holds
/// the working memory for one number of variables and may be used again and again, by one thread at a time; a run allocates nothing.
/// </summary>
/// <remarks>
/// R. Byrd, P. Lu, J. Nocedal, C. Zhu, "A limited memory algorithm for bound constrained optimization", SIAM Journal on Scientific
/// Computing 16, 1995: the generalised Cauchy point, the minimiser of the model over the variables that are free there (projected as in J.
/// Morales, J. Nocedal, "Remark on Algorithm 778", 2011), and a line search for the strong Wolfe conditions. Values that are not finite
/// during the search count as too far and are backed off from. The result is a pure function of the arguments on one instruction set; sums
/// over the variables differ in the last digits between widths of vectors.
/// </remarks>
public sealed partial class BoundedMinimizer
{
    private const int MaxSearchEvaluations = 20;

    private readonly int _n;
    private readonly BoundedMinimizerOptions _options;
    private readonly LimitedMemoryMatrix _matrix;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[] _gradient;
    private readonly double[] _trial;
    private readonly double[] _trialGradient;
    private readonly double[] _accepted;
    private readonly double[] _acceptedGradient;
    private readonly double[] _target;
    private readonly double[] _direction;
    private double _acceptedValue;
    private DifferentiableFunction? _function;
    private int _evaluations;

    /// <summary>A minimiser for a number of variables.</summary>
    /// <param name="dimensions">The number of variables, at least 1.</param>
    /// <param name="options">How to work and when to end; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimensions"/> is below 1, or an option is outside its
    /// range.</exception>
    public BoundedMinimizer(int dimensions, BoundedMinimizerOptions? options = null)
    {
        if (dimensions < 1)
            throw new ArgumentOutOfRangeException(nameof(dimensions), dimensions, "The number of variables must be at least 1.");

        _options = options ?? new BoundedMinimizerOptions();
        _options.Check();
        _n = dimensions;
        _matrix = new LimitedMemoryMatrix(dimensions, _options.Memory);
        _lower = new double[dimensions];
        _upper = new double[dimensions];
        _gradient = new double[dimensions];
        _trial = new double[dimensions];
        _trialGradient = new double[dimensions];
        _accepted = new double[dimensions];
        _acceptedGradient = new double[dimensions];
        _target = new double[dimensions];
        _direction = new double[dimensions];
        _breakpoints = new double[dimensions];
        _order = new int[dimensions];
        _free = new bool[dimensions];
        _reduced = new double[dimensions];
        _columns = new double[5 * 2 * _options.Memory];
    }

    /// <summary>The number of variables.</summary>
    public int Dimensions => _n;

    /// <summary>Minimises a function from a start.</summary>
    /// <param name="function">The function; it is called only within the bounds.</param>
    /// <param name="point">On entry the start, which is moved into the bounds first; on return the best point found.</param>
    /// <param name="lower">The lower bounds; negative infinity for none.</param>
    /// <param name="upper">The upper bounds, at least the lower ones; positive infinity for none. Equal bounds fix a variable.</param>
    /// <returns>The value there, and how and why the minimisation ended.</returns>
    /// <exception cref="ArgumentException">A span has another length than <see cref="Dimensions"/>, a bound is NaN or crosses the other, or
    /// the start is not finite.</exception>
    public MinimizationResult Minimize(
        DifferentiableFunction function, Span<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        ArgumentNullException.ThrowIfNull(function);
        TakeIn(point, lower, upper);
        _function = function;
        _evaluations = 0;
        _matrix.Reset();
        try
        {
            return Run(point);
        }
        finally
        {
            _function = null;
        }
    }

    private MinimizationResult Run(Span<double> point)
    {
        double value = Evaluate(point, _gradient);
        int iterations = 0;
        if (!double.IsFinite(value) || !AllFinite(_gradient))
            return new MinimizationResult(value, double.NaN, 0, _evaluations, ExitReason.NonFiniteStart);

        while (true)
        {
            if (ProjectedGradientNorm(point) <= _options.GradientTolerance)
                return End(ExitReason.GradientTolerance, point);
            if (iterations >= _options.MaxIterations)
                return End(ExitReason.MaxIterations, point);
            if (_evaluations >= _options.MaxEvaluations)
                return End(ExitReason.MaxEvaluations, point);

            ComputeTarget(point);
            TensorPrimitives.Subtract(_target, point, _direction);
            double slope = TensorPrimitives.Dot<double>(_gradient, _direction);
            if (!(slope < 0) || !Search(point, value, slope, iterations))
            {
                // A model that points nowhere is forgotten, and steepest descent gets its chance.
                if (_matrix.Count > 0 && _evaluations < _options.MaxEvaluations)
                {
                    _matrix.Reset();
                    continue;
                }

                return End(_evaluations >= _options.MaxEvaluations ? ExitReason.MaxEvaluations : ExitReason.LineSearchFailed, point);
            }

            iterations++;
            TensorPrimitives.Subtract(_accepted, point, _direction);
            TensorPrimitives.Subtract(_acceptedGradient, _gradient, _trialGradient);
            _matrix.Update(_direction, _trialGradient);
            double before = value;
            value = _acceptedValue;
            _accepted.CopyTo(point);
            _acceptedGradient.CopyTo(_gradient, 0);
            if (before - value <= _options.ValueTolerance * Math.Max(Math.Max(Math.Abs(before), Math.Abs(value)), 1))
            {
                bool stationary = ProjectedGradientNorm(point) <= _options.GradientTolerance;
                return End(stationary ? ExitReason.GradientTolerance : ExitReason.ValueTolerance, point);
            }
        }

        MinimizationResult End(ExitReason reason, ReadOnlySpan<double> at) =>
            new(value, ProjectedGradientNorm(at), iterations, _evaluations, reason);
    }
}
