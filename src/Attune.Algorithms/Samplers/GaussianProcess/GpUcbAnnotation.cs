using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Attune.Algorithms.Samplers;

/// <summary>What a proposal of <c>gp-ucb</c> leaves in the journal: the model's hyperparameters, from which the next fit starts, and the
/// reason.</summary>
/// <param name="Fitted">The number of trials that the hyperparameters were learned from.</param>
/// <param name="Parameters">The hyperparameters, lengths in the order of the space.</param>
internal sealed record GpUcbAnnotation(int Fitted, GaussianProcessParameters Parameters)
{
    /// <summary>The annotation of a point of the initial design.</summary>
    internal const string Design = """{"reason":"design"}""";

    /// <summary>The annotation of a point that was drawn because the model could not choose.</summary>
    internal const string Random = """{"reason":"random"}""";

    /// <summary>Writes the annotation of a point that the model chose.</summary>
    /// <param name="space">The space.</param>
    /// <param name="beta">The weight of exploration.</param>
    /// <param name="mean">The predicted loss; null where losses are not what the model holds.</param>
    /// <param name="deviation">The standard deviation of that prediction.</param>
    internal string Write(SearchSpace space, double beta, double? mean, double deviation)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("reason", "ucb");
            Number(writer, "beta", beta);
            if (mean is { } predicted && double.IsFinite(predicted) && double.IsFinite(deviation))
            {
                Number(writer, "mean", predicted);
                Number(writer, "deviation", deviation);
            }

            writer.WriteNumber("fitted", Fitted);
            Number(writer, "signal", Parameters.Signal);
            Number(writer, "noise", Parameters.Noise);
            writer.WriteStartObject("lengths");
            for (var i = 0; i < space.Dimensions; i++)
                Number(writer, space.Parameters[i].Name, Parameters.Lengths[i]);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null for other annotations. A parameter that is new since then takes the middle one
    /// of the others' lengths.</summary>
    internal static GpUcbAnnotation? Read(string? annotation, SearchSpace space)
    {
        if (annotation is null || !annotation.Contains("\"lengths\"", StringComparison.Ordinal))
            return null;
        using var document = JsonDocument.Parse(annotation);
        var root = document.RootElement;
        var written = root.GetProperty("lengths");
        var known = written.EnumerateObject().Select(property => property.Value.GetDouble()).Order().ToArray();
        var lengths = space.Parameters.Select(parameter =>
            written.TryGetProperty(parameter.Name, out var length) ? length.GetDouble() : known[known.Length / 2]);
        return new(
            root.GetProperty("fitted").GetInt32(),
            new([.. lengths], root.GetProperty("signal").GetDouble(), root.GetProperty("noise").GetDouble()));
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(GaussianProcessParameters.Round(value).ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
    }
}
