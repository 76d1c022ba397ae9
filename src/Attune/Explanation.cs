using System.Text.Json;

namespace Attune;

/// <summary>Why a configuration was proposed, as its sampler wrote it down with the proposal.</summary>
/// <remarks>Predictions are those that the model made before the trial ran. All are in the objective's own unit and direction.</remarks>
public sealed record Explanation
{
    /// <summary>The method that proposed, such as <c>gp</c> or <c>tpe</c>; null where the sampler does not say.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// By what it chose: <c>design</c> (a point of the initial design), <c>random</c>, or the name of what it maximised, such as
    /// <c>log-ei</c>; null where the sampler does not say.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Why this method was taken, in words, where a sampler such as <c>auto</c> chose it; null elsewhere.</summary>
    public string? Why { get; init; }

    /// <summary>The predicted value; null where no model predicted one.</summary>
    public double? Mean { get; init; }

    /// <summary>
    /// The standard deviation of the objective's value there by the model, at least 0: what more trials would reduce. Null where no model
    /// predicted.
    /// </summary>
    public double? Epistemic { get; init; }

    /// <summary>The standard deviation of the noise of one measurement, at least 0: what stays. Null where no model predicted.</summary>
    public double? Aleatoric { get; init; }

    /// <summary>The value of what was maximised, in its own unit; null where nothing was.</summary>
    public double? Acquisition { get; init; }

    /// <summary>The number of the nearest trial that had been evaluated; null where the sampler does not say.</summary>
    public int? Nearest { get; init; }

    /// <summary>How far that trial is, in the unit cube of the parameters; null where the sampler does not say.</summary>
    public double? Distance { get; init; }

    /// <summary>
    /// How far a measured value is from the prediction, in standard deviations of what a measurement was expected to vary.
    /// </summary>
    /// <param name="value">The value in the objective's own direction.</param>
    /// <returns>(value − mean) / √(epistemic² + aleatoric²); null where there is no prediction, or it claims to be certain.</returns>
    public double? Surprise(double value)
    {
        if (Mean is not { } mean)
            return null;
        var deviation = double.Hypot(Epistemic ?? 0, Aleatoric ?? 0);
        return deviation > 0 && double.IsFinite((value - mean) / deviation) ? (value - mean) / deviation : null;
    }

    /// <summary>The explanation of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The explanation; null where the sampler left none, as for enqueued trials.</returns>
    public static Explanation? Of(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Read(trial.Annotation);
    }

    /// <summary>Reads the annotation of a proposal.</summary>
    /// <param name="annotation">A JSON object; null for none.</param>
    /// <returns>The explanation; null where the annotation holds none.</returns>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Explanation? Read(string? annotation)
    {
        if (annotation is null)
            return null;
        using var document = JsonDocument.Parse(annotation);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
            return null;
        var (method, reason) = (Text(root, "method"), Text(root, "reason"));
        if (method is null && reason is null)
            return null;
        return new()
        {
            Method = method, Reason = reason, Why = Text(root, "why"), Mean = Number(root, "mean"), Epistemic = Number(root, "deviation"),
            Aleatoric = Number(root, "noise"), Acquisition = Number(root, "acquisition"), Nearest = Whole(root, "nearest"),
            Distance = Number(root, "distance"),
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && double.IsFinite(number) ? number : null;

    private static int? Whole(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;
}
