namespace Attune;

/// <summary>
/// A bound on a metric that is known only after evaluation. A trial whose metric violates it is complete but not feasible.
/// </summary>
/// <param name="Metric">The name of the metric.</param>
/// <param name="AtMost">The largest allowed value; null for none.</param>
/// <param name="AtLeast">The smallest allowed value; null for none.</param>
public sealed record OutcomeConstraint(string Metric, double? AtMost = null, double? AtLeast = null)
{
    /// <summary>
    /// By how much a value violates the constraint: positive when it does, zero or negative (the slack) when it does not.
    /// </summary>
    /// <param name="value">A value of the metric.</param>
    public double Violation(double value) =>
        Math.Max(value - (AtMost ?? double.PositiveInfinity), (AtLeast ?? double.NegativeInfinity) - value);

    internal void Check()
    {
        if (string.IsNullOrWhiteSpace(Metric))
            throw new ProblemException("An outcome constraint needs the name of a metric.");
        if (AtMost is null && AtLeast is null)
            throw new ProblemException($"Constraint on '{Metric}': give the largest or the smallest allowed value.");
        if (AtMost is { } most && !double.IsFinite(most) || AtLeast is { } least && !double.IsFinite(least))
            throw new ProblemException($"Constraint on '{Metric}': bounds must be finite.");
        if (AtMost < AtLeast)
            throw new ProblemException(
                FormattableString.Invariant($"Constraint on '{Metric}': nothing is at most {AtMost} and at least {AtLeast}."));
    }
}
