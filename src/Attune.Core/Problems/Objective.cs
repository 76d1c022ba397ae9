namespace Attune;

/// <summary>A metric to be minimised or maximised.</summary>
/// <param name="Metric">The name of the metric that programs report.</param>
/// <param name="Direction">Which way it is better.</param>
public sealed record Objective(string Metric, Direction Direction = Direction.Minimize)
{
    /// <summary>What is known of its noise; unknown by default.</summary>
    public Noise Noise { get; init; } = Noise.Unknown;

    /// <summary>The variance of the noise, for <see cref="Noise.Known"/>; not negative.</summary>
    public double? NoiseVariance { get; init; }

    /// <summary>Whether it is declared that evaluating a configuration again may give another value.</summary>
    public bool IsNoisy => Noise == Noise.Reported || (Noise == Noise.Known && NoiseVariance > 0);

    /// <summary>How measurements become the value; the last one by default.</summary>
    public Reduction Reduction { get; init; } = Reduction.Last;

    /// <summary>The value, in the metric's own direction, at which the study is content; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>The coordinate of the hypervolume's reference point, in the metric's own direction; null to have it chosen.</summary>
    public double? ReferencePoint { get; init; }

    /// <summary>The value with the sign that makes smaller better, and back: the map is its own inverse.</summary>
    /// <param name="value">A value or a loss.</param>
    public double Orient(double value) => Direction == Direction.Minimize ? value : -value;

    internal void Check()
    {
        if (string.IsNullOrWhiteSpace(Metric))
            throw new ProblemException("An objective needs the name of a metric.");
        if (Noise == Noise.Known && !(NoiseVariance >= 0 && double.IsFinite(NoiseVariance.Value)))
            throw new ProblemException($"Objective '{Metric}': known noise needs a finite variance that is not negative.");
        if (Target is { } target && !double.IsFinite(target))
            throw new ProblemException($"Objective '{Metric}': the target must be finite.");
        if (ReferencePoint is { } reference && !double.IsFinite(reference))
            throw new ProblemException($"Objective '{Metric}': the reference point must be finite.");
    }
}
