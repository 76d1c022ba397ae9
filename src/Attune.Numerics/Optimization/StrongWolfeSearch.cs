namespace Attune.Numerics;

/// <summary>
/// The search of J. Moré and D. Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM Transactions on Mathematical
/// Software 20, 1994, for a step that satisfies the strong Wolfe conditions. The caller evaluates the function along the line.
/// </summary>
internal struct StrongWolfeSearch
{
    private const double SufficientDecrease = 1e-3;
    private const double Curvature = 0.9;
    private const double RelativeWidth = 0.1;

    private readonly double _value0;
    private readonly double _slope0;
    private double _maxStep;
    private Trial _best;
    private Trial _other;
    private bool _bracketed;
    private bool _firstStage = true;
    private double _least;
    private double _most;
    private double _width;
    private double _widthBefore;

    /// <summary>A step with the value and the slope of the function there.</summary>
    internal readonly record struct Trial(double Step, double Value, double Slope);

    /// <summary>What a search says after an evaluation.</summary>
    internal enum Outcome
    {
        /// <summary>Evaluate at <see cref="StrongWolfeSearch.Step"/>.</summary>
        Continue,

        /// <summary>The step just evaluated is good.</summary>
        Found,

        /// <summary>No further progress is possible; the best step so far may still lower the value.</summary>
        Stalled,
    }

    internal StrongWolfeSearch(double value, double slope, double firstStep, double maxStep)
    {
        _value0 = value;
        _slope0 = slope;
        _maxStep = maxStep;
        Step = Math.Min(firstStep, maxStep);
        _best = _other = new Trial(0, value, slope);
        _width = maxStep;
        _widthBefore = 2 * maxStep;
    }

    /// <summary>The step to evaluate next.</summary>
    internal double Step { get; private set; }

    /// <summary>Whether a step lowers the value by what the first Wolfe condition asks.</summary>
    internal readonly bool Descends(double step, double value) => value <= _value0 + SufficientDecrease * step * _slope0;

    /// <summary>The function is not defined at the step: come half-way back, and never go so far again.</summary>
    internal void BackOff()
    {
        Step = 0.5 * (_best.Step + Step);
        if (!_bracketed)
            _maxStep = Step;
    }

    /// <summary>Takes in the value and slope at the step.</summary>
    internal Outcome Advance(double value, double slope)
    {
        double threshold = SufficientDecrease * _slope0;
        bool descends = Descends(Step, value);
        if (_firstStage && descends && slope >= 0)
            _firstStage = false;
        if (descends && Math.Abs(slope) <= -Curvature * _slope0)
            return Outcome.Found;
        if (Step == _maxStep && descends && slope <= threshold)
            return Outcome.Found;

        var trial = new Trial(Step, value, slope);
        if (_firstStage && value <= _best.Value && !descends)
        {
            // Section 3: until a step descends, work on ψ(α) = f(α) - f(0) - μ f'(0) α.
            _best = Tilt(_best, threshold);
            _other = Tilt(_other, threshold);
            Choose(Tilt(trial, threshold));
            _best = Tilt(_best, -threshold);
            _other = Tilt(_other, -threshold);
        }
        else
        {
            Choose(trial);
        }

        if (_bracketed)
        {
            double width = Math.Abs(_other.Step - _best.Step);
            if (width >= 0.66 * _widthBefore)
                Step = _best.Step + 0.5 * (_other.Step - _best.Step);
            _widthBefore = _width;
            _width = width;
            _least = Math.Min(_best.Step, _other.Step);
            _most = Math.Max(_best.Step, _other.Step);
        }
        else
        {
            _least = Step + 1.1 * (Step - _best.Step);
            _most = Step + 4 * (Step - _best.Step);
        }

        // A bracket that is narrow relative to its place, or that leaves no number between its ends, has nothing more to give.
        if (_bracketed && (!(Step > _least && Step < _most) || _most - _least <= RelativeWidth * _most))
            return Outcome.Stalled;

        Step = Math.Clamp(Step, 0, _maxStep);
        return Step > 0 ? Outcome.Continue : Outcome.Stalled;
    }

    private static Trial Tilt(Trial trial, double slope) =>
        new(trial.Step, trial.Value - trial.Step * slope, trial.Slope - slope);

    // Section 4: the next step from the cubic and the quadratic or secant interpolants, and the new interval.
    private void Choose(Trial trial)
    {
        Trial best = _best;
        bool turns = trial.Slope * Math.Sign(best.Slope) < 0;
        double next;
        if (trial.Value > best.Value)
        {
            // Case 1: higher; the minimum is bracketed. The cubic's step if it is nearer, else half-way to the quadratic's.
            double cubic = Cubic(best, trial);
            double quadratic = best.Step
                + best.Slope / ((best.Value - trial.Value) / (trial.Step - best.Step) + best.Slope) / 2 * (trial.Step - best.Step);
            next = Math.Abs(cubic - best.Step) < Math.Abs(quadratic - best.Step) ? cubic : cubic + (quadratic - cubic) / 2;
            _bracketed = true;
        }
        else if (turns)
        {
            // Case 2: lower, with a slope of the other sign; bracketed. The farther of the two.
            double cubic = Cubic(trial, best), secant = Secant(best, trial);
            next = Math.Abs(cubic - trial.Step) > Math.Abs(secant - trial.Step) ? cubic : secant;
            _bracketed = true;
        }
        else if (Math.Abs(trial.Slope) < Math.Abs(best.Slope))
        {
            // Case 3: lower, and the slope flattens; the cubic counts only if it turns beyond the trial.
            next = Flattening(best, trial);
        }
        else
        {
            // Case 4: lower, and the slope does not flatten.
            next = _bracketed ? Cubic(trial, _other) : trial.Step > best.Step ? _maxStep : 0;
        }

        if (trial.Value > best.Value)
        {
            _other = trial;
        }
        else
        {
            if (turns)
                _other = best;
            _best = trial;
        }

        Step = next;
    }

    private readonly double Flattening(Trial best, Trial trial)
    {
        double secant = Secant(best, trial), theta = Theta(best, trial);
        double scale = Math.Max(Math.Abs(theta), Math.Max(Math.Abs(best.Slope), Math.Abs(trial.Slope)));
        double gamma = scale * Math.Sqrt(Math.Max(0, theta / scale * (theta / scale) - best.Slope / scale * (trial.Slope / scale)));
        if (trial.Step > best.Step)
            gamma = -gamma;
        double ratio = (gamma - trial.Slope + theta) / (gamma + (best.Slope - trial.Slope) + gamma);
        double cubic = ratio < 0 && gamma != 0
            ? trial.Step + ratio * (best.Step - trial.Step)
            : trial.Step > best.Step ? _maxStep : 0;

        bool cubicIsNearer = Math.Abs(cubic - trial.Step) < Math.Abs(secant - trial.Step);
        if (!_bracketed)
            return Math.Clamp(cubicIsNearer ? secant : cubic, 0, _maxStep);

        double next = cubicIsNearer ? cubic : secant, limit = trial.Step + 0.66 * (_other.Step - trial.Step);
        return trial.Step > best.Step ? Math.Min(limit, next) : Math.Max(limit, next);
    }

    private static double Theta(Trial a, Trial b) => 3 * (a.Value - b.Value) / (b.Step - a.Step) + a.Slope + b.Slope;

    private static double Secant(Trial best, Trial trial) =>
        trial.Step + trial.Slope / (trial.Slope - best.Slope) * (best.Step - trial.Step);

    /// <summary>The minimiser of the cubic through two trials, written as a step from the first.</summary>
    private static double Cubic(Trial from, Trial to)
    {
        double theta = Theta(from, to);
        double scale = Math.Max(Math.Abs(theta), Math.Max(Math.Abs(from.Slope), Math.Abs(to.Slope)));
        double gamma = scale * Math.Sqrt(Math.Max(0, theta / scale * (theta / scale) - from.Slope / scale * (to.Slope / scale)));
        if (to.Step < from.Step)
            gamma = -gamma;
        double ratio = (gamma - from.Slope + theta) / (gamma - from.Slope + gamma + to.Slope);
        return from.Step + ratio * (to.Step - from.Step);
    }
}
