using System.Globalization;
using System.Text;
using System.Text.Json;
using Attune.Cli.Errors;
using Attune.Cli.Text;
using Attune.Internal;
using Attune.Serialization;

namespace Attune.Cli.Parsing;

/// <summary>Values of parameters as a person writes them on a command line.</summary>
internal static class ParameterTexts
{
    private const string Example = "an example is '{\"rate\": 0.01}'";

    /// <summary>The values, each of the kind that its parameter has.</summary>
    /// <exception cref="SpaceException">A name is unknown or a value not legal.</exception>
    internal static IReadOnlyList<KeyValuePair<string,
        ParameterValue>> Read(SearchSpace space, IReadOnlyList<KeyValuePair<string, string>> texts) =>
        [.. texts.Select(pair => KeyValuePair.Create(pair.Key, Read(Find(space, pair.Key), pair.Value)))];

    /// <summary>The values of a JSON object.</summary>
    /// <exception cref="CommandException">It is not an object of plain values.</exception>
    internal static IReadOnlyList<KeyValuePair<string, ParameterValue>> ReadJson(SearchSpace space, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw CommandException.WrongInput($"--values must be a JSON object; {Example}");
            return [.. document.RootElement.EnumerateObject()
                .Select(member => KeyValuePair.Create(Find(space, member.Name).Name, ConfigurationJson.ReadValue(member.Value)))];
        }
        catch (JsonException exception) when (exception.BytePositionInLine is not null)
        {
            throw CommandException.WrongInput($"--values is not JSON: {Fault(json, exception)}; {Example}");
        }
        catch (JsonException exception)
        {
            throw CommandException.WrongInput($"--values cannot be read: {exception.Message}");
        }
    }

    /// <summary>Where a text stops to be JSON; the reader's own words speak of byte positions and payloads.</summary>
    private static string Fault(string json, JsonException exception)
    {
        var line = Encoding.UTF8.GetBytes(json.Split('\n')[(int)(exception.LineNumber ?? 0)]);
        var rest = Encoding.UTF8.GetString(line.AsSpan(Math.Min(line.Length, (int)exception.BytePositionInLine!))).Trim();
        return rest.Length == 0 ? "it ends too early" : $"it goes wrong at {Plain.Line(rest, 40)}";
    }

    private static Parameter Find(SearchSpace space, string name) => space.Contains(name)
        ? space[name]
        : throw CommandException.WrongInput(NearNames.Unknown("parameter", name, space.Parameters.Select(parameter => parameter.Name)));

    private static ParameterValue Read(Parameter parameter, string text)
    {
        if (parameter is ChoiceParameter choices)
        {
            foreach (var choice in choices.Choices)
            {
                if (choice.ToString() == text)
                    return choice;
            }

            // A number may be written in other ways than the choice was.
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var asNumber))
            {
                foreach (var choice in choices.Choices)
                {
                    if (choice.IsNumber && choice.AsDouble().Equals(asNumber))
                        return choice;
                }
            }

            throw new SpaceException(
                parameter.Name, $"'{text}' is not a choice; allowed is "
                    + $"{parameter.Describe()}.{NearNames.Question(text, choices.Choices.Select(choice => choice.ToString()))}");
        }

        if (parameter.Kind == ParameterKind.Int
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            && whole is >= -(1L << 53) and <= 1L << 53)
        {
            return whole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && parameter.Kind == ParameterKind.Float
            ? number
            : throw new SpaceException(parameter.Name,
                $"'{text}' is not {(parameter.Kind == ParameterKind.Int ? "a whole number" : "a finite number")}; allowed is "
                + $"{parameter.Describe()}.");
    }
}
