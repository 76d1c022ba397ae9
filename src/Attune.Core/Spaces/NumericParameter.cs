using System.Globalization;
using Attune.Internal;

namespace Attune;

/// <summary>What float and int parameters share: a range, a scale, optional steps.</summary>
public abstract class NumericParameter : Parameter
{
    private readonly double _lowEdge;
    private readonly double _length;
    private readonly double _default;
    private readonly double? _step;
    private readonly long? _count;
    private readonly StepGrid? _grid;

    private protected NumericParameter(
        string name, double low, double high, Scale scale, double? step, double? defaultNumber, Prior? prior, Expression? activation)
        : base(name, activation)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            throw Error($"the range {NumberText.Exact(low)} to {NumberText.Exact(high)} must be finite.");
        if (low > high)
            throw Error($"the low end {NumberText.Exact(low)} is above the high end {NumberText.Exact(high)}.");
        if (!double.IsFinite(high - low))
            throw Error($"the range {NumberText.Exact(low)} to {NumberText.Exact(high)} is too wide to subtract; "
                + "use a log scale or narrower bounds.");
        if (scale == Scale.Log && low <= 0)
            throw Error($"a log scale needs a positive range, but the low end is {NumberText.Exact(low)}.");
        if (scale == Scale.Logit && (low <= 0 || high >= 1))
            throw Error($"a logit scale needs a range inside (0, 1), but it is {NumberText.Exact(low)} to {NumberText.Exact(high)}.");
        if (!Enum.IsDefined(scale))
            throw Error($"the scale {scale} is unknown; use linear, log or logit.");
        (Low, High, Scale, _step) = (low, high, scale, step);
        if (step is { } size)
        {
            CheckStep(size);
            _grid = new(low, high, size);
            _count = _grid.Count;
        }

        var (lowEdge, highEdge) = step is { } s ? Edges(s) : (low, high);
        if (!double.IsFinite(highEdge - lowEdge))
            throw Error($"the range {NumberText.Exact(low)} to {NumberText.Exact(high)} with steps of {NumberText.Exact(step ?? 0)} "
                + "is too wide to subtract; use narrower bounds.");
        _lowEdge = ScaleFunctions.Apply(scale, lowEdge);
        _length = ScaleFunctions.Apply(scale, highEdge) - _lowEdge;
        Prior = prior;
        CheckNormalPrior(low, high);
        _default = defaultNumber ?? Middle();
        if (Check(_default) is { } problem)
            throw Error($"the default is not legal: {problem}");
    }

    /// <summary>The smallest value.</summary>
    public double Low { get; }

    /// <summary>The largest value; with steps, the largest one that a whole number of steps reaches may lie below.</summary>
    public double High { get; }

    /// <summary>The scale.</summary>
    public Scale Scale { get; }

    /// <inheritdoc/>
    public override long? Count => _count ?? (Low == High ? 1 : null);

    internal override double DefaultNumber => _default;

    private protected double? StepSize => _step;

    /// <inheritdoc/>
    public override double ToUnit(double number)
    {
        if (_step is null)
            return _length == 0 ? 0.5 : Math.Clamp((ScaleFunctions.Apply(Scale, number) - _lowEdge) / _length, 0, 1);
        var (low, high) = UnitCell(number);
        return (low + high) / 2;
    }

    /// <inheritdoc/>
    public override (double Low, double High) UnitCell(double number)
    {
        if (_step is null)
            return Low == High ? (0, 1) : (ToUnit(number), ToUnit(number));
        var index = IndexOf(number);
        return (UnitEdge(index), UnitEdge(index + 1));
    }

    /// <inheritdoc/>
    public override double FromUnit(double unit)
    {
        unit = Math.Clamp(double.IsNaN(unit) ? 0.5 : unit, 0, 1);
        if (_step is null)
        {
            // The ends are exact, whatever the scale's rounding.
            return unit == 0 ? Low : unit == 1 ? High : Math.Clamp(ScaleFunctions.Invert(Scale, _lowEdge + (unit * _length)), Low, High);
        }

        var raw = ScaleFunctions.Invert(Scale, _lowEdge + (unit * _length));
        return NumberAt(Math.Clamp((long)Math.Floor(((raw - Low) / _step.Value) + 0.5), 0, _count!.Value - 1));
    }

    /// <inheritdoc/>
    public override string? Check(double number)
    {
        if (!double.IsFinite(number))
            return $"{NumberText.Exact(number)} is not a finite number.";
        if (number < Low || number > High)
            return $"{NumberText.Exact(number)} lies outside the range {NumberText.Exact(Low)} to {NumberText.Exact(High)}.";
        if (_step is { } step && NumberAt(IndexOf(number)) != number)
            return $"{NumberText.Exact(number)} is not on the steps of {NumberText.Exact(step)} from {NumberText.Exact(Low)}; "
                + $"the nearest is {NumberText.Exact(NumberAt(IndexOf(number)))}.";
        return null;
    }

    /// <inheritdoc/>
    public override double NumberAt(long index) => _grid is null ? Low : _grid.At(index);

    /// <inheritdoc/>
    public override long IndexOf(double number) => _grid is null ? 0 : _grid.IndexOf(number);

    private protected override double UnitOfCenter(double center) =>
        _length == 0 ? 0.5 : Math.Clamp((ScaleFunctions.Apply(Scale, center) - _lowEdge) / _length, 0, 1);

    /// <summary>The value on the steps that a user means: 0.1 × 3 is 0.30000000000000004, which stands for 0.3.</summary>
    private protected double Snap(double number)
    {
        // Adding zero turns the negative zero, which equals zero but is written differently, into zero.
        if (_step is not { } step || !(number >= Low - step && number <= High + step))
            return number + 0.0;
        var near = NumberAt(IndexOf(number));
        return Math.Abs(near - number) <= Math.Max(1e-9 * step, Math.BitIncrement(Math.Abs(near)) - Math.Abs(near)) ? near : number;
    }

    internal override bool SameAs(Parameter other) =>
        other is NumericParameter same && same.Kind == Kind && same.Name == Name && same.Low.Equals(Low) && same.High.Equals(High)
        && same.Scale == Scale && same._step.Equals(_step) && same._default.Equals(_default) && Equals(same.Prior, Prior)
        && SameExpression(same.Activation, Activation);

    /// <inheritdoc/>
    public override string Describe()
    {
        var steps = _step is { } step && !(Kind == ParameterKind.Int && step == 1) ? $", step {NumberText.Exact(step)}" : "";
        var scale = Scale == Scale.Linear ? "" : Scale == Scale.Log ? ", log" : ", logit";
        return $"{(Kind == ParameterKind.Int ? "int" : "float")} {NumberText.Exact(Low)} … {NumberText.Exact(High)}{scale}{steps}";
    }

    /// <summary>The middle on the scale, as a person writes it: the scale's rounding makes 0.010000000000000004 of 0.01.</summary>
    private double Middle()
    {
        var middle = FromUnit(0.5);
        if (_step is not null)
            return middle;
        var rounded = double.Parse(middle.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, Low, High);
    }

    private void CheckStep(double step)
    {
        if (!(step > 0 && double.IsFinite(step)))
            throw Error($"the step {NumberText.Exact(step)} must be positive and finite.");
        if (Low < High && step > (High - Low) * (1 + 1e-9))
            throw Error($"the step {NumberText.Exact(step)} is larger than the range {NumberText.Exact(Low)} to {NumberText.Exact(High)}.");
        if (!((High - Low) / step < IntParameter.Largest * 2))
            throw Error($"the step {NumberText.Exact(step)} makes more than 2^54 values; use a wider step, or none.");
    }

    private (double Low, double High) Edges(double step)
    {
        var last = NumberAt(_count!.Value - 1);
        var (low, high) = (Low - (step / 2), last + (step / 2));
        return Scale switch
        {
            Scale.Log => (low > 0 ? low : Low / 2, high),
            Scale.Logit => (low > 0 ? low : Low / 2, high < 1 ? high : (1 + last) / 2),
            _ => (low, high),
        };
    }

    private double UnitEdge(long index)
    {
        if (index <= 0)
            return 0;
        return index >= _count!.Value
            ? 1
            : Math.Clamp((ScaleFunctions.Apply(Scale, NumberAt(index) - (_step!.Value / 2)) - _lowEdge) / _length, 0, 1);
    }
}
