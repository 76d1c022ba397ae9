using System.Text.Json;
using Attune.Algorithms.Surrogates;

namespace Attune.Algorithms.Samplers;

/// <summary>What a proposal leaves in the journal for later ones: the hyperparameters from which the next fit starts.</summary>
/// <param name="Fitted">The number of trials that the hyperparameters were learned from.</param>
/// <param name="Chosen">The number of trials by which the transform was chosen.</param>
/// <param name="Shift">The shift of the transform; infinity for the identity.</param>
/// <param name="Parameters">The hyperparameters, to six digits.</param>
internal sealed record GpState(int Fitted, int Chosen, double Shift, Hyperparameters Parameters)
{
    /// <summary>The name under which the annotation holds the fit to the losses.</summary>
    internal const string LossName = "model";

    /// <summary>Whether an annotation may hold a fit.</summary>
    internal static bool IsIn(string annotation) => annotation.Contains("\"lengths\"", StringComparison.Ordinal);

    internal void Write(Utf8JsonWriter writer, string name = LossName)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("fitted", Fitted);
        writer.WriteNumber("chosen", Chosen);
        writer.Number("shift", Shift);
        writer.Number("signal", Parameters.Signal);
        writer.Number("noise", Parameters.Noise);
        writer.Numbers("lengths", Parameters.Lengths);
        if (Parameters.IsAdditive)
        {
            writer.Number("additive_signal", Parameters.AdditiveSignal);
            writer.Numbers("additive_lengths", Parameters.AdditiveLengths);
        }

        if (Parameters.Warps.Length > 0)
            writer.Numbers("warps", Parameters.Warps);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for other annotations, and for a space with other groups of features.</summary>
    internal static GpState? Read(string? annotation, int groups, string name = LossName)
    {
        if (annotation is null || !IsIn(annotation))
            return null;
        using var document = JsonDocument.Parse(annotation);
        if (!document.RootElement.TryGetProperty(name, out var model))
            return null;
        var lengths = Array(model, "lengths");
        if (lengths.Length != groups)
            return null;
        var shift = model.TryGetProperty("shift", out var finite) ? finite.GetDouble() : double.PositiveInfinity;
        var additive = model.TryGetProperty("additive_signal", out var signal);
        return new(
            model.GetProperty("fitted").GetInt32(), model.GetProperty("chosen").GetInt32(), shift,
            new(lengths, model.GetProperty("signal").GetDouble(), additive ? Array(model, "additive_lengths") : [],
                additive ? signal.GetDouble() : 0, model.GetProperty("noise").GetDouble())
            {
                Warps = model.TryGetProperty("warps", out _) ? Array(model, "warps") : [],
            });
    }

    private static double[] Array(JsonElement model, string name) =>
        [.. model.GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];
}
