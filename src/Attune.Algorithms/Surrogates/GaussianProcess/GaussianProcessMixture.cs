namespace Attune.Algorithms.Surrogates;

/// <summary>
/// Gaussian processes with different hyperparameters, equally likely: their predictions are pooled by the law of total variance.
/// </summary>
/// <remarks>
/// M members are draws from a posterior of more: the variance between their means is that of a sample, and the pooled mean errs by
/// another Mth of it. So the total is the mean variance plus (1 + 1/M) B, B being the variance between means with M − 1 in the denominator
/// (D. B. Rubin, Multiple Imputation for Nonresponse in Surveys, 1987, equations 3.1.4 and 3.1.5).
/// </remarks>
/// <param name="members">At least one process, all over the same space.</param>
internal sealed class GaussianProcessMixture(IReadOnlyList<GaussianProcess> members) : IPosterior
{
    internal IReadOnlyList<GaussianProcess> Members => members;

    /// <inheritdoc/>
    public void Predict(EncodedConfigurations points, Span<double> means, Span<double> epistemic, Span<double> aleatoric = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!ReferenceEquals(points.Space, members[0].Map.Space))
            throw new ArgumentException("The points are of another space.", nameof(points));
        if (means.Length < points.Count || epistemic.Length < points.Count || (!aleatoric.IsEmpty && aleatoric.Length < points.Count))
            throw new ArgumentException($"{points.Count} points need spans of {points.Count}.", nameof(means));
        Predict(members[0].Map.Encode(points), means[..points.Count], epistemic[..points.Count]);
        if (!aleatoric.IsEmpty)
            aleatoric[..points.Count].Fill(Noise);
    }

    /// <summary>The variance of the noise.</summary>
    internal double Noise => members.Average(member => member.Parameters.Noise);

    /// <summary>Pooled means and variances of the function at many points.</summary>
    /// <param name="features">Rows of features.</param>
    /// <param name="means">Receives a mean for each row.</param>
    /// <param name="variances">Receives a variance for each row.</param>
    internal void Predict(ReadOnlySpan<double> features, Span<double> means, Span<double> variances)
    {
        if (members.Count == 1)
        {
            members[0].Predict(features, means, variances);
            return;
        }

        var (mean, variance) = (new double[means.Length], new double[means.Length]);
        var squares = new double[means.Length];
        means.Clear();
        variances.Clear();
        foreach (var member in members)
        {
            member.Predict(features, mean, variance);
            for (var i = 0; i < mean.Length; i++)
            {
                means[i] += mean[i] / members.Count;
                variances[i] += variance[i] / members.Count;
                squares[i] += mean[i] * mean[i] / members.Count;
            }
        }

        var between = (members.Count + 1.0) / (members.Count - 1);
        for (var i = 0; i < mean.Length; i++)
            variances[i] += between * Math.Max(0, squares[i] - (means[i] * means[i]));
    }
}
