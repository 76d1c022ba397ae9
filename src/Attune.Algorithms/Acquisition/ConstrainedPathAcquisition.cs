using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Acquisition;

/// <summary>
/// Thompson sampling under outcome constraints: of one draw of the loss and of each constraint, what keeps all drawn constraints comes
/// first, the smallest loss best; what does not comes by the total of its violations.
/// </summary>
/// <remarks>
/// D. Eriksson, M. Poloczek, "Scalable constrained Bayesian optimization", AISTATS 2021, section 3. There is a step at the border of what
/// is feasible, so that the gradient is that of the side on which a point lies.
/// </remarks>
/// <param name="loss">The draw of the loss.</param>
/// <param name="constraints">For each constraint a draw, the value up to which it is kept, and the unit of its values.</param>
internal sealed class ConstrainedPathAcquisition(PathwiseSample loss, (PathwiseSample Path, double Limit, double Unit)[] constraints)
    : IFeatureFunction
{
    // Below whatever a standardised process would draw, and not so far that a violation's digits are lost.
    private const double Infeasible = -1e3;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> features, Span<double> values)
    {
        var width = features.Length / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var point = features.Slice(i * width, width);
            var violation = 0.0;
            foreach (var (path, limit, unit) in constraints)
                violation += unit * Math.Max(0, path.Evaluate(point) - limit);
            values[i] = violation > 0 ? Infeasible - violation : -loss.Evaluate(point);
        }
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> features, ReadOnlySpan<int> columns, Span<double> gradient)
    {
        gradient[..columns.Length].Clear();
        var (violation, slopes) = (0.0, new double[columns.Length]);
        foreach (var (path, limit, unit) in constraints)
        {
            if (path.Evaluate(features, columns, slopes) - limit is not (> 0 and var beyond))
                continue;
            violation += unit * beyond;
            VectorMath.AddScaled(slopes, -unit, gradient[..columns.Length]);
        }

        if (violation > 0)
            return Infeasible - violation;
        var value = loss.Evaluate(features, columns, slopes);
        for (var c = 0; c < columns.Length; c++)
            gradient[c] = -slopes[c];
        return -value;
    }
}
