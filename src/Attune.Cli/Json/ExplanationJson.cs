namespace Attune.Cli.Json;

/// <summary>Why a trial was proposed. Values are in the objective's own unit and direction.</summary>
/// <param name="Method">The method that proposed.</param>
/// <param name="Reason">By what it chose: design, random, or the name of what it maximised.</param>
/// <param name="Why">Why the sampler took this method, where it had a choice.</param>
/// <param name="Mean">The predicted value.</param>
/// <param name="Epistemic">The standard deviation of the value by the model.</param>
/// <param name="Aleatoric">The standard deviation of the noise of one measurement.</param>
/// <param name="Acquisition">The value of what was maximised.</param>
/// <param name="Nearest">The number of the nearest evaluated trial.</param>
/// <param name="NearestValue">Its value.</param>
/// <param name="Distance">How far it is, in the unit cube.</param>
/// <param name="Surprise">(value − mean) / √(epistemic² + aleatoric²).</param>
internal sealed record ExplanationJson(
    string? Method, string? Reason, string? Why, double? Mean, double? Epistemic, double? Aleatoric, double? Acquisition, int? Nearest,
    double? NearestValue, double? Distance, double? Surprise)
{
    internal static ExplanationJson? Of(Explanation? explanation, double? value, double? nearestValue) => explanation is null ? null : new(
        explanation.Method, explanation.Reason, explanation.Why, explanation.Mean, explanation.Epistemic, explanation.Aleatoric,
        explanation.Acquisition, explanation.Nearest, nearestValue, explanation.Distance,
        value is { } measured ? explanation.Surprise(measured) : null);
}
