using System.Globalization;

namespace Attune.Algorithms.Samplers;

/// <summary>What the sampler <c>forest</c> leaves behind with a proposal: why it was made. Nothing later depends on it.</summary>
internal static class ForestAnnotation
{
    /// <summary>A point of the initial design.</summary>
    internal const string Design = """{"reason":"design"}""";

    /// <summary>A random point, on purpose or because the model could not choose.</summary>
    internal const string Random = """{"reason":"random"}""";

    /// <summary>A point that the model chose.</summary>
    /// <param name="mean">The predicted loss; null where losses are not what the model holds.</param>
    /// <param name="epistemic">The deviation of the function's value there.</param>
    /// <param name="aleatoric">The deviation of the noise of one measurement.</param>
    /// <param name="logImprovement">The logarithm of the expected improvement, in standardised losses.</param>
    internal static string Model(double? mean, double epistemic, double aleatoric, double logImprovement)
    {
        var known = mean is { } predicted && double.IsFinite(predicted) && double.IsFinite(epistemic) && double.IsFinite(aleatoric)
            ? $"\"mean\":{Number(predicted)},\"epistemic\":{Number(epistemic)},\"aleatoric\":{Number(aleatoric)},"
            : "";
        return $"{{\"reason\":\"log-ei\",{known}\"log_ei\":{Number(logImprovement)}}}";
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
